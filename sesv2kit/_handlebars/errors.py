"""What can be wrong with a template, or with the data that it is rendered with."""


class TemplateError(ValueError):
    """A template can't be parsed or rendered."""


class TemplateSyntaxError(TemplateError):
    """A template can't be parsed.

    Args:
        problem: What is wrong.
        line: Its line, the first being 1.
        column: Its column, the first being 1.
    """

    def __init__(self, problem: str, line: int, column: int) -> None:
        super().__init__(problem, line, column)
        self.problem = problem
        self.line = line
        self.column = column

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}: {self.problem}"


class UnsupportedOperation(TemplateError):
    """An inline template has more than plain variables."""

    def __init__(self) -> None:
        super().__init__()

    def __str__(self) -> str:
        return "Template contains unsupported operations."


class RenderError(TemplateError):
    """A template can't be rendered, such as one that uses a partial that it does not have."""


class MissingVariable(RenderError):
    """A template uses a variable that its data does not have, or a helper that Handlebars does not have.

    Args:
        name: The name, as the template spells it.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return f"Attribute '{self.name}' is not present in the rendering data."


class LimitExceeded(RenderError):
    """A template is nested too deeply, takes too many steps, or its output is too long."""
