"""The tables of the rota, and a counter of its changes."""

from datetime import date, datetime, time

from sqlalchemy import JSON, BigInteger, CheckConstraint, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, UtcDateTime, new_id


class AreaExceptionRow(Base):
    """Days on which an area rings at other hours, or not at all (no hours). The newest counts."""

    __tablename__ = "area_exception"
    __table_args__ = (
        CheckConstraint("first_day <= last_day", name="days_in_order"),
        CheckConstraint("(opens IS NULL) = (closes IS NULL)", name="both_hours"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    area: Mapped[str] = mapped_column(String(64), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    opens: Mapped[time | None]
    closes: Mapped[time | None]
    reason: Mapped[str] = mapped_column(String(200))
    """For staff; families are not told it."""
    created_by: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AdvisorHoursRow(Base):
    """One stretch of an advisor's working week, local times; lunch is the gap between two."""

    __tablename__ = "advisor_hours"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("starts < ends", name="hours_in_order"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    staff_id: Mapped[str] = mapped_column(String(32), index=True)
    weekday: Mapped[int]
    starts: Mapped[time]
    ends: Mapped[time]
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    areas: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Only for these of the advisor's areas; empty for all of them."""


class AdvisorAbsenceRow(Base):
    """From when until when an advisor is away. `kind` says what for in one of a few words, never anything of health."""

    __tablename__ = "advisor_absence"
    __table_args__ = (CheckConstraint("starts_at < ends_at", name="moments_in_order"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    staff_id: Mapped[str] = mapped_column(String(32), index=True)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    kind: Mapped[str] = mapped_column(String(16))


class RotaRevisionRow(Base):
    """A single row (id 1) counting the changes of the rota, so that every process knows whether it is up to date."""

    __tablename__ = "rota_revision"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"))
