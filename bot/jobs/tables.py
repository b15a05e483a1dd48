"""The tables of the clock: who acts, which periods are done, and which jobs fail."""

from datetime import date, datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, UtcDateTime


class JobLeaseRow(Base):
    """A single row (id 1): which process runs the jobs. `number` grows with each that takes over."""

    __tablename__ = "job_lease"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    holder: Mapped[str] = mapped_column(String(32))
    number: Mapped[int]
    until: Mapped[datetime] = mapped_column(UtcDateTime)


class JobPeriodRow(Base):
    """One period of a calendar job, written in the transaction of its work, so that there is no second one.

    `became`: `done`, or `missed` when nobody was there within its grace.
    """

    __tablename__ = "job_period"

    job: Mapped[str] = mapped_column(String(64), primary_key=True)
    period: Mapped[date] = mapped_column(primary_key=True)
    became: Mapped[str] = mapped_column(String(8))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class JobHealthRow(Base):
    """How a job fares: failures in a row with the kind of the last error, and when it last went well."""

    __tablename__ = "job_health"

    job: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    error: Mapped[str | None] = mapped_column(String(100))
    failed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    went_well_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
