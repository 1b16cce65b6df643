"""The numbers of the node kinds in the grammars of JavaScript, TypeScript and TSX, and of the fields of their nodes.

The three name their kinds alike and number them differently, so each has a table of its own.
"""

from __future__ import annotations

from functools import cache

from deburr.engine.parse import grammar

ERROR = 65535
_KINDS = (
    "abstract_class_declaration accessibility_modifier arguments array array_pattern array_type arrow_function "
    "assignment_expression assignment_pattern augmented_assignment_expression await_expression binary_expression "
    "call_expression catch_clause class_body class_declaration class_heritage class_static_block comment "
    "computed_property_name decorator else_clause enum_assignment export_clause export_specifier export_statement "
    "expression_statement extends_clause "
    "field_definition finally_clause formal_parameters function_declaration function_expression generator_function "
    "generator_function_declaration generic_type hash_bang_line html_comment identifier implements_clause import "
    "import_clause import_require_clause import_specifier jsx_attribute jsx_closing_element jsx_expression "
    "jsx_namespace_name jsx_opening_element jsx_text lexical_declaration "
    "literal_type member_expression method_definition named_imports namespace_export namespace_import new_expression "
    "non_null_expression "
    "number object object_assignment_pattern object_pattern optional_chain optional_parameter pair pair_pattern "
    "parenthesized_expression predefined_type private_property_identifier property_identifier public_field_definition "
    "required_parameter rest_pattern sequence_expression shorthand_property_identifier "
    "shorthand_property_identifier_pattern spread_element statement_block string string_fragment subscript_expression "
    "super switch_case switch_default template_string template_substitution this type_annotation type_arguments "
    "unary_expression undefined update_expression variable_declaration variable_declarator"
).split()
_FIELDS = (
    "alias alternative argument arguments body condition consequence constructor declaration finalizer flags function "
    "handler increment index initializer key label left name object operator parameter parameters pattern property "
    "right source type value return_type"
).split()


class Kinds:
    """The numbers of one grammar: of a kind under its name, of a field with `f_` before it; -1 for what it lacks."""

    def __init__(self, language: str) -> None:
        found = grammar(language)
        for name in _KINDS:
            number = found.id_for_node_kind(name, True)
            setattr(self, name, -1 if number is None else number)
        for name in _FIELDS:
            setattr(self, f"f_{name}", found.field_id_for_name(name) or 0)
        self.klass = found.id_for_node_kind("class", True) or -1
        self.plus = found.id_for_node_kind("+", False) or -1
        self.extras = frozenset({self.comment, self.hash_bang_line, self.html_comment, ERROR})
        """What may stand between any two children."""

    def __getattr__(self, name: str) -> int:
        raise AttributeError(f"no kind or field of this name is asked for: {name}")


@cache
def kinds(language: str) -> Kinds:
    """The numbers of a grammar."""
    return Kinds(language)
