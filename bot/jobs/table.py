"""Every job of the clock that needs nothing but the tables, in one table."""

from bot.callbacks.audited import seal_more
from bot.callbacks.claiming import return_expired_leases
from bot.callbacks.drafts import forget_old as forget_drafts
from bot.callbacks.missed_calls import forget_old as forget_missed_calls
from bot.callbacks.notice_outbox import remind
from bot.callbacks.once import forget_old as forget_keys
from bot.conversation.store import forget_old as forget_talks
from bot.guidance.reports import forget_old as forget_reports
from bot.jobs.job import Led, Sweep
from bot.learning.unclear import forget_old as forget_unclear
from bot.live_chat.changing import forget_old as forget_chats
from bot.live_chat.changing import return_left_alone

JOBS: tuple[Led, ...] = (
    Sweep("return expired leases", return_expired_leases, 20),
    Sweep("remind of calls of today", remind, 60),
    Sweep("seal the audit", seal_more, 10),
    Sweep("forget old conversations", forget_talks, 300),
    Sweep("forget drafts of calls", forget_drafts, 3600),
    Sweep("return chats left alone", return_left_alone, 5),
    Sweep("forget old live chats", forget_chats, 300),
    Sweep("forget messages not understood", forget_unclear, 3600),
    Sweep("forget reports of wrong entries", forget_reports, 3600),
    Sweep("forget events of the exchange", forget_missed_calls, 3600),
    Sweep("forget keys of entered requests", forget_keys, 3600),
)
