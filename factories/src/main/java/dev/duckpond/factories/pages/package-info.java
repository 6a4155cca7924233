/**
 * Pages: text that templates make of what is in the pond and what was exported.
 *
 * <pre>
 * PageSpec -- PageDirectory, PageSpec.pages --> Page + PageContext -- PageTemplates --> text
 * </pre>
 */
@NullMarked
package dev.duckpond.factories.pages;

import org.jspecify.annotations.NullMarked;
