/**
 * The Tera template language, version 1.x: templates and values in, text out.
 *
 * <pre>
 * text -- Lexer, WordLexer --> Tokens -- TemplateParser, SectionParser --> Unit of Nodes
 *                                          ExpressionParser, OperandParser    and Expressions
 *
 * Units -- Linker (extends, import, include) --> Program -- Checker --> Template
 *
 * Template + ObjectValue -- Renderer (nodes), Evaluator (expressions) --> page + Rendering
 *                             Scope: variables    Budget: limits    Library: what can be called
 * </pre>
 *
 * <p>{@link Tera} is the way in. Nodes, expressions and values are sealed families, gone through
 * with exhaustive switches. A mistake is a {@code Fault} until the one place that knows the calls
 * makes a {@link TemplateException} of it.
 */
@NullMarked
package dev.duckpond.tera;

import org.jspecify.annotations.NullMarked;
