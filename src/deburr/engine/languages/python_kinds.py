"""The numbers of the node kinds in the Python grammar; comparing numbers is cheaper than comparing names."""

from __future__ import annotations

from deburr.engine.parse import grammar

_GRAMMAR = grammar("python")


def kind(name: str, named: bool = True) -> int:
    """The number of a kind; fails at import when the grammar has no such kind."""
    number = _GRAMMAR.id_for_node_kind(name, named)
    assert number is not None, f"the Python grammar has no {name}"
    return number


ARGUMENTS = kind("argument_list")
AS_PATTERN = kind("as_pattern")
ASSIGNMENT = kind("assignment")
ASYNC = kind("async", False)
ATTRIBUTE = kind("attribute")
AUGMENTED = kind("augmented_assignment")
BINARY = kind("binary_operator")
BLOCK = kind("block")
BOOLEAN = kind("boolean_operator")
CALL = kind("call")
CASE = kind("case_clause")
CASE_PATTERN = kind("case_pattern")
CHEVRON = kind("chevron")
CLASS = kind("class_definition")
COMMENT = kind("comment")
CONTINUATION = kind("line_continuation")
DECORATOR = kind("decorator")
DICT_SPLAT = kind("dictionary_splat")
DICT_SPLAT_PATTERN = kind("dictionary_splat_pattern")
DOTTED_NAME = kind("dotted_name")
ELIF = kind("elif_clause")
ELSE = kind("else_clause")
EQUALS = kind("=", False)
ERROR = 65535
EXCEPT = kind("except_clause")
FINALLY = kind("finally_clause")
FOR_IN = kind("for_in_clause")
FORMAT_SPEC = kind("format_specifier")
FUNCTION = kind("function_definition")
IDENTIFIER = kind("identifier")
IF_CLAUSE = kind("if_clause")
IMPORT_ALIAS = kind("aliased_import")
INTERPOLATION = kind("interpolation")
KEYWORD_ARGUMENT = kind("keyword_argument")
LAMBDA_PARAMETERS = kind("lambda_parameters")
LIST_SPLAT = kind("list_splat")
LIST_SPLAT_PATTERN = kind("list_splat_pattern")
PAIR = kind("pair")
PARAMETERS = kind("parameters")
PARENTHESIZED = kind("parenthesized_expression")
PLUS = kind("+", False)
STRING = kind("string")
STRING_CONTENT = kind("string_content")
SUBSCRIPT = kind("subscript")
TYPE = kind("type")
TYPE_CONVERSION = kind("type_conversion")
TYPED_PARAMETER = kind("typed_parameter")
WILDCARD_IMPORT = kind("wildcard_import")
WITH_CLAUSE = kind("with_clause")
WITH_ITEM = kind("with_item")

EXTRAS = frozenset({COMMENT, CONTINUATION, ERROR})
"""What may stand between any two children."""

CLAUSES = frozenset({ELIF, ELSE, EXCEPT, FINALLY, CASE, kind("module"), kind("if_statement"), kind("for_statement")})
CLAUSES |= {kind("while_statement"), kind("try_statement"), kind("with_statement"), FUNCTION, CLASS}
CLAUSES |= {kind("match_statement"), kind("decorated_definition"), BLOCK}
"""Kinds that lower the ERROR nodes among their direct children themselves, as part of their body."""
