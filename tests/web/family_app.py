"""The family's pages as a small application of their own, with a turn that answers in a known way."""

from pathlib import Path

from aiohttp import web

from bot import texts
from bot.channels.routes import add_routes
from bot.clock import Clock
from bot.database import Database
from bot.guidance import areas
from bot.guidance.store import CatalogueCache
from bot.messages import Answer, Button, Contact, CrisisCard, IncomingMessage, Reply, ServiceCard, SummaryCard
from bot.rota.reading import RotaCache
from bot.safety import assess, help_for
from bot.web import appkeys
from bot.web.live import Announcer
from bot.web.setup import prepare

ROOT = Path(__file__).resolve().parent.parent.parent
TEXTS = texts.load(ROOT / "dialogues")

GUIDANCE = ServiceCard(
    id="example-guidance",
    name="Lapsiperheiden hyvinvoinninohjaus",
    provider="Esimerkkilän perhetalo",
    checked="tiedot tarkistettu 12.11.2026",
    summary="Ohjaaja tapaa teidät kotona, puistossa tai etänä ja miettii kanssasi, mikä keventää arkea.",
    cost="Maksuton",
    referral="Ei tarvita",
    client="Ei synny",
    opening="Auki nyt, klo 16 asti",
    open_now=True,
    contacts=(
        Contact(
            kind="phone", label="Puhelin", value="050 123 4567", href="tel:+358501234567", note="ark. 9–15"
        ),
        Contact(kind="visit", label="Käynti", value="Esimerkkitie 1"),
    ),
    notes=("Tarkoitettu perheille, joissa on alle 18-vuotias lapsi.",),
)
HOME_HELP = ServiceCard(
    id="example-home-help",
    name="Lapsiperheiden kotipalvelu",
    provider="Hyvinvointialue",
    checked="tiedot tarkistettu 3.9.2026",
    summary="Työntekijä tulee kotiin avuksi, kun vauva-aika tai väsymys vie voimat.",
    cost="Tulojen mukaan",
    referral="Ei tarvita",
    client="Syntyy",
    opening="Kiinni, aukeaa ke klo 8",
    open_now=False,
    contacts=(Contact(kind="web", label="Verkossa", value="esimerkki.fi", href="https://esimerkki.fi/"),),
)
BOOKED = SummaryCard(
    heading="Soitamme sinulle",
    when="keskiviikkona 25.11.\nklo 13–16",
    rows=(
        ("Numeroon", "050 ••• •• 67"),
        ("Kieli", "suomi, ei tulkkia"),
        ("Jos et vastaa", "emme jätä viestiä"),
    ),
    code="K7QM-2XTR-9H4B",
    code_label="Tunnuksesi",
    code_note="Tunnuksella näet, siirrät ja perut soiton. Pidä se vain omana tietonasi.",
)


def _guided() -> Answer:
    return Answer(
        replies=(
            Reply(
                text="Illat ovat myrskyä ja yöt katkonaisia. Ei ihme, että voimat ovat loppu.", style="heard"
            ),
            Reply(text="Tälle illalle riittää, että kaikki pääsevät nukkumaan. Muun saa jättää."),
            Reply(text="Järvenpäässä näistä voisi olla apua:", style="question"),
            Reply(text=GUIDANCE.name, style="card", card=GUIDANCE),
            Reply(text=HOME_HELP.name, style="card", card=HOME_HELP),
            Reply(
                text="Jos soittaminen tuntuu raskaalta, ohjaaja voi soittaa sinulle.",
                buttons=(
                    Button("Pyydä soitto", "/ask_callback"),
                    Button("Puhun ihmiselle", "/ask_person"),
                    Button("Lisää", "/more"),
                ),
            ),
        ),
        services=(GUIDANCE.id, HOME_HELP.id),
        asks="callback_offer",
    )


def _booked() -> Answer:
    return Answer(
        replies=(
            Reply(text="Selvä, viestiä ei jätetä. Pyyntösi on nyt meillä.", style="heard"),
            Reply(text="Soitamme keskiviikkona 25.11. klo 13–16. Tunnuksesi on K7QM-2XTR-9H4B.", card=BOOKED),
            Reply(text="Jos yö käy raskaaksi, MIELI Kriisipuhelin 09 2525 0111 päivystää läpi yön."),
        ),
        callback={"code": BOOKED.code, "window": None, "promised_day": "2026-11-26"},
    )


def _crisis(message: IncomingMessage) -> Answer:
    language = message.language or "fi"
    verdict = assess(message.text, language=language)
    said = help_for(verdict, language, message.received_at)
    contacts = tuple(
        Contact(kind="phone", label=line.name, value=line.number, href=line.href, note=line.note)
        for line in said.lines
    )
    card = CrisisCard(heard=said.heard, steps=said.steps, contacts=contacts, after=said.after)
    replies = [Reply(text=said.as_text(), style="card", card=card)]
    if said.question:
        buttons = tuple(Button(one.title, one.payload) for one in said.question_buttons)
        replies.append(Reply(text=said.question, style="question", buttons=buttons))
    replies.append(Reply(text="Soittopyyntösi keskiviikolle on tallessa.", style="note"))
    return Answer(replies=tuple(replies), language=language, urgency=verdict.urgency)


async def take_turn(message: IncomingMessage) -> Answer:
    """`varaa` books, `in English` answers in English, `rikki` breaks, a crisis gets help; all else is guided."""
    if assess(message.text, language=message.language).interrupts:
        return _crisis(message)
    if "rikki" in message.text:
        raise RuntimeError("a word nobody may read in a log")
    if "in English" in message.text:
        return Answer(replies=(Reply(text="That sounds heavy.", style="heard"),), language="en")
    return _booked() if "varaa" in message.text else _guided()


def family_app(
    database: Database | None = None,
    clock: Clock | None = None,
    *,
    demo: bool = True,
    token: str | None = None,
) -> web.Application:
    """The application, ready to be served."""
    app = web.Application()
    prepare(app)
    if database:
        app[appkeys.DATABASE] = database
    if clock:
        app[appkeys.CLOCK] = clock
    app[appkeys.TAKE_TURN] = take_turn
    app[appkeys.TEXTS] = lambda: TEXTS
    app[appkeys.DEMO] = demo
    app[appkeys.CHANNEL_TOKEN] = token
    app[appkeys.AREAS] = areas.load(ROOT / "services_catalog")
    app[appkeys.CATALOGUE] = CatalogueCache(app[appkeys.AREAS])
    app[appkeys.ROTA] = RotaCache(app[appkeys.AREAS])
    app[appkeys.ANNOUNCER] = Announcer()
    add_routes(app)
    return app
