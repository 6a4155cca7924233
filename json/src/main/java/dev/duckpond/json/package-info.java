/** JSON documents: the only room that knows the parser. */
@NullMarked
package dev.duckpond.json;

import org.jspecify.annotations.NullMarked;
