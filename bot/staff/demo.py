"""The made-up staff of a demo."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.staff import accounts
from bot.staff.permissions import Role

PASSWORD = "ovi-on-raollaan"  # noqa: S105  (the demo prints it; a production database never has these accounts)


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody who does not exist."""

    email: str
    name: str
    role: Role
    areas: tuple[str, ...] = ()


PEOPLE = (
    DemoPerson("aino@example.org", "Aino Lehtola", "advisor"),
    DemoPerson("veikko@example.org", "Veikko Sarala", "advisor"),
    DemoPerson("kerttu@example.org", "Kerttu Nurmela", "coordinator"),
    DemoPerson("onni@example.org", "Onni Rautala", "owner"),
    DemoPerson("saara@example.org", "Saara Kivelä", "admin"),
)


def seed(session: Session, now: datetime) -> bool:
    """Add the demo's people when nobody has an account yet; whether it did."""
    if accounts.everybody(session):
        return False
    for person in PEOPLE:
        accounts.add(
            session,
            email=person.email,
            name=person.name,
            role=person.role,
            areas=person.areas,
            password=PASSWORD,
            now=now,
        )
    return True
