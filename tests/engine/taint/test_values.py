"""What is known of values: joining, bounds, shapes."""

from __future__ import annotations

from deburr.engine import ir
from deburr.engine.taint.values import (
    HOLE,
    MOST_ITEMS,
    TAINTED,
    UNKNOWN,
    Taint,
    Value,
    collection,
    constant,
    element,
    equal,
    join,
    shape_of,
    small,
    union,
)

NODE = ir.Name(0, 1, "q")
REMOTE = Taint("remote", "q", (NODE,))


def tainted() -> Value:
    return Value(type="str", taints=(REMOTE,), shape=TAINTED)


def test_equal_constants_stay_known() -> None:
    assert join(constant("a"), constant("a")).const == "a"
    assert not join(constant(1), constant(True)).known
    assert join(constant("a"), tainted()).taints == (REMOTE,)


def test_elements_of_equal_keys_are_joined_one_by_one() -> None:
    joined = join(collection({0: constant("a"), 1: tainted()}, "list"), collection({0: constant("a")}, "list"))
    assert element(joined).taints == (REMOTE,)
    joined = join(
        collection({0: constant("a"), 1: tainted()}, "list"), collection({0: constant("a"), 1: UNKNOWN}, "list")
    )
    assert joined.items is not None
    assert joined.items[0].const == "a"
    assert joined.items[1].taints == (REMOTE,)


def test_what_is_shared_many_times_is_joined_once() -> None:
    a, b = constant("a"), constant("b")
    for _ in range(60):
        a, b = collection({0: a, 1: a}, "list"), collection({0: b, 1: b}, "list")
    assert join(a, b).type == "list"


def test_what_nests_without_end_is_joined_to_a_bounded_depth() -> None:
    a, b = tainted(), constant("b")
    for _ in range(5000):
        a, b = collection({0: a}, "list"), collection({0: b}, "list")
    assert join(a, b).taints == (REMOTE,)


def test_only_the_first_elements_are_known_one_by_one() -> None:
    many = collection({n: constant(n) for n in range(MOST_ITEMS)} | {MOST_ITEMS: tainted()}, "list")
    assert many.items is not None
    assert len(many.items) == MOST_ITEMS
    assert many.rest is not None
    assert many.rest.taints == (REMOTE,)
    assert not many.known


def test_shapes() -> None:
    assert [shape_of(value) for value in (constant("a"), constant(3), constant(None), UNKNOWN, tainted())] == [
        "a",
        "3",
        "None",
        HOLE,
        TAINTED,
    ]
    assert shape_of(Value(taints=(REMOTE.cleaned("*"),))) == "x"
    assert shape_of(constant(1 << 20_000)) == "0"


def test_constants_that_are_cheap_to_compare() -> None:
    nested: list[object] = [0]
    assert small("a")
    assert small([1, "a"])
    assert not small([nested])
    assert not small("a" * 20_000)
    assert not small(1 << 64)
    assert equal([1], [1])
    assert not equal(1, True)
    assert not equal([[1]], [[1]])


def test_each_taint_once() -> None:
    assert union((REMOTE,), (REMOTE,)) == (REMOTE,)
    assert len(union(*((Taint("remote", n, (NODE,)),) for n in range(100)))) == 8


def test_signatures_tell_arguments_apart() -> None:
    assert constant(1).signature() != constant(True).signature()
    assert tainted().signature() == tainted().signature()
    assert constant(1 << 20_000).signature() == constant(1 << 20_000).signature()
