"""What every request passes through, outermost first."""

from bot.web.errors import answer_errors
from bot.web.origin import refuse_foreign_changes

MIDDLEWARES = (answer_errors, refuse_foreign_changes)
