"""Every operation has a function that takes exactly its arguments."""

import inspect

import pytest

from sesv2kit.testing._service.routing import Route, routes
from sesv2kit.testing._service.service import find_handler


def test_every_operation_is_modelled() -> None:
    assert [route.operation.name for route in routes() if find_handler(route) is None] == []
    assert len(routes()) == 116


@pytest.mark.parametrize("route", routes(), ids=lambda route: route.method_name)
def test_a_function_takes_the_arguments_of_its_operation(route: Route) -> None:
    handler = find_handler(route)
    if handler is None:
        pytest.fail("not modelled")
    taken = {
        name: parameter
        for name, parameter in inspect.signature(handler).parameters.items()
        if parameter.kind is parameter.KEYWORD_ONLY
    }
    assert set(taken) == {argument.name for argument in route.operation.arguments}
    required = {name for name, parameter in taken.items() if parameter.default is parameter.empty}
    assert required <= {argument.name for argument in route.operation.arguments if argument.required}
