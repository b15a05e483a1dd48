"""Turns of phrase about the talk itself, whatever the model makes of them: Finnish, Swedish, English. Pure."""

import re

_MEANS = re.compile(
    r"(?:(?:siis|no|hä|anteeksi|öö|mut|mutta) )*"
    r"(?:mitä (?:sä |sinä |te )?(?:oikein )?(?:tarkoitat\w*|meinaat|tarkoitatte)(?: tolla| sillä| tuolla)?"
    r"|mitä (?:toi|tuo|se|tää|tämä) (?:oikein )?(?:tarkoittaa|meinaa)|siis mitä|hä+h?"
    r"|en (?:mä |minä )?(?:nyt )?(?:ymmärrä|tajua|ymmärtänyt)"
    r"(?: (?:kysymystä|mitä (?:kysyt|tarkoitat|tarkotat)|tota|tätä|tuota|mitään))?|miten niin|mitä (?:sä )?kysyt"
    r"|miksi (?:sitä |tätä |sä )?(?:kysyt|kysytään|tarvitset|tarvitaan)(?: sitä| sen)?"
    r"|mi(?:ksi|ks)|mihin (?:sitä|tätä|te sitä) tarvi\w+"
    r"|vad menar (?:du|ni)(?: med det)?|hur menar du|jag (?:förstår|fattar) inte(?: frågan)?"
    r"|varför (?:frågar|behöver) (?:du|ni)(?: det)?|what do you mean(?: by that)?"
    r"|i (?:don t|do not|dont) (?:understand|get it)(?: the question)?"
    r"|why do you (?:ask|need (?:it|that|to know)))"
)
_AGAIN = re.compile(
    r"(?:(?:voisitko|voitko|voiko|sanotko|anteeksi|hei|no) )*"
    r"(?:uudestaan|uudelleen|toista|toistatko|sano (?:se )?(?:uudestaan|uudelleen)"
    r"|sanoa (?:sen )?(?:uudestaan|uudelleen)"
    r"|näytä (?:ne|se) (?:uudestaan|uudelleen)|mitkä ne (?:palvelut )?(?:oli|olikaan)"
    r"|en (?:ehtinyt )?(?:nähnyt|nähny|lukenut|lukea)"
    r"|mitä (?:sä |sinä )?(?:sanoit|sanoitkaan|sanoikaan)|mitä (?:äsken|viimeksi) sanoit"
    r"|(?:jag hann inte (?:läsa|se) |förlåt |kan du (?:säga|ta) det |säg (?:det )?)*(?:en gång till|igen)"
    r"|jag hann inte läsa|again|(?:sorry )?(?:can you )?(?:say|tell me) (?:it|that) again|repeat(?: that)?)"
    r"(?: kiitos| please| tack)?"
)
_SITE = re.compile(
    r"\b\w*(?:koulu|päiväko[dt]|neuvola|lukio|nuorisota|seurakun|terveysasem|perhekesku)\w*"
    r"(?:sta|stä|lta|ltä|lla|llä|ssa|ssä)\b"
    r"|\b(?:från|på|i) \w*(?:skola|daghem|rådgivning)\w*|\b(?:from|at|in) (?:an? |the )?"
    r"(?:\w+ )?(?:school|day ?care|kindergarten|clinic)"
)
_LATER = re.compile(
    r"\b(?:kerron|puhun|juttelen|sanon) (?:siitä |sen |asiasta |lisää )?(?:sitten |vasta |sit )?(?:siitä |sen )?"
    r"(?:puhelimessa|puhelussa|soitossa|soittajalle|ohjaajalle|kun soitatte|ku soitatte)"
    r"|\b(?:berättar|säger) (?:det )?(?:sedan |sen )?(?:i telefon|när ni ringer)"
    r"|\btell (?:you |them )?(?:it )?(?:on the phone|when you (?:call|ring))"
)
_BEFORE = re.compile(
    r"\bjatketaan siitä (?:mihin|mistä) (?:jäätiin|viimeksi|jäi)"
    r"|\b(?:eilen|viimeksi|viime viikolla|toissapäivänä|aiemmin) "
    r"(?:mä |minä |me )?(?:kerroin|kirjoitin|kirjotin|juttelin|juteltiin|puhuttiin|jutskattiin)"
    r"|\b(?:kerroin|kirjoitin|kirjotin|juttelin|juteltiin|puhuttiin) (?:sulle |sinulle |teille |tästä |täällä "
    r"|tässä |siitä )*"
    r"(?:eilen|viimeksi|viime viikolla|toissapäivänä)|\bmuistatko (?:mut|minut|vielä)"
    r"|\bmuistat(?:ko)? (?:mitä|kun) (?:mä )?kerroin"
    r"|\bjag (?:berättade|skrev) (?:i går|igår|förra veckan)|\bminns du mig|\bdo you remember (?:me|what i)"
    r"|\bas i (?:told|said) (?:you )?(?:yesterday|last week)|\bi (?:told you|wrote) (?:yesterday|last week)"
)
_GIVES_UP = re.compile(
    r"(?:(?:no|hei|äh|ääh|hmm?|oikeastaan|oikeestaan) )*(?:ei sittenkään|en sittenkään|antaa olla"
    r"|anna olla|unohda(?: koko)?(?: juttu)?"
    r"|jätetään(?: se| tää| tämä)?(?: tähän)?|ei tästä tuu mitään|perutaan|peru(?:taan)? koko juttu"
    r"|lopetetaan(?: tähän)?"
    r"|jag ångrar mig|strunt i det|glöm det|nej inte ändå|never mind|forget it|changed my mind)"
    r"(?: (?:en|mä|minä|me|emme|nyt|kiitos|haluu?|halua|haluukaan|haluakaan|soittoa|tätä|sitä|mitään|tack|thanks))*"
)
_WHO_RINGS = re.compile(
    r"\b(?:kuka|ketkä|kukas) (?:sieltä |siellä |tuolta |täältä |mulle |minulle |meille |se on joka |oikein )*(?:soittaa"
    r"|soittelee|vastaa|on se ohjaaja)\b"
    r"|\bkuka (?:se )?(?:on )?(?:tää |tämä |toi |se )?ohjaaja(?: on)?\b|\bmikä (?:on )?(?:se |tää "
    r"|tämä )?(?:hyvinvoinnin)?ohjaaja(?: on)?\b"
    r"|\bvem (?:är det som )?ringer\b|\bwho (?:will )?(?:calls?|rings?)\b"
)
_COST = re.compile(
    r"\b(?:mitä|paljonko|paljo|mitähän) (?:tää|tämä|se|tällainen|tällänen|teidän apu|soitto"
    r"|puhelu) (?:sitten |oikein )?maksaa\b"
    r"|\bonko (?:tää|tämä|se|tästä|soitto|puhelu)(?: soitto| puhelu| palvelu| apu)? (?:nyt "
    r"|ihan )?(?:maksullis|ilmai|maksuton|maksulli)"
    r"|\bmaksaako (?:tää|tämä|se|soitto|puhelu)\b|\bkostar (?:det|detta)\b|\bis (?:it|this) free\b"
    r"|\b(?:does|how much does) (?:it|this) cost\b|\bсколько (?:это |всё )?стоит|\bскільки (?:це )?коштує"
)
_SECRET = re.compile(
    r"\b(?:en|emmä|mä en|älä|älkää) .{0,20}(?:halu\w* (?:et|että) .{0,30}tietä|kerto\w* (?:äidille|isälle"
    r"|vanhemmille|mun|miehelle))"
    r"|\bpitääkö .{0,30}(?:lupa|luvan|tietää)|\btarvi(?:taanko|inko|tseeko|tseko) .{0,20}lupa"
    r"|\b(?:kerrotteko|kerrotsä|kerrotko|soitatteko) (?:te |sä |sit )*(?:äidille|isälle|vanhemmille|mun"
    r"|mutsille|faijalle|iskälle)"
    r"|\b(?:saako|saaks|tietääkö) (?:mun )?(?:äiti|isä|vanhemmat|mutsi|faija|iskä)"
    r"|\b(?:får|måste) (?:mina föräldrar|mamma|pappa) (?:veta|ge lov)\b|\bberättar (?:du|ni) (?:det )?(?:för|åt) m"
    r"|\bwill (?:you tell )?my (?:parents|mum|mom|dad)\b|\bdo (?:you have to tell )?my (?:parents|mum|mom|dad)\b"
)
_INSULT = re.compile(
    r"(?:(?:sä |te |toi |tää )?(?:oot|olet|ootte|olette|on) )?(?:ihan |niin |täysin |yks |vitun "
    r"|saatanan |helvetin |perkeleen )*"
    r"(?:idiootti|ääliö|urpo|tyhmä|paska|hyödytön|turha|kusipää|mulkku|vammanen|läski|huora)(?: botti"
    r"| kone| ohjelma)?"
    r"|turpa kiinni|suu kiinni|haista (?:itse )?\w+|painu (?:vittuun|helvettiin|hiiteen)"
    r"|(?:din |jävla )*idiot|håll käften(?: (?:din |jävla )*idiot)?|du är (?:så |helt )?(?:dum|värdelös)"
    r"|(?:you )?(?:stupid|useless|idiot)(?: bot)?|shut up"
)
_OUTSIDER = re.compile(
    r"\b(?:naapuri|perhetuttu|perheystävä|kummitäti|kummisetä|kummi|ystävä)\w* (?:tässä|täällä)\b"
    r"|\b(?:oon|olen) (?:\w+ )?(?:naapuri|perhetuttu|perheystävä|kummitäti|kummisetä|kummi)\b"
    r"|\bjag är (?:en )?granne\b|\bi am (?:a|their) neighbou?r\b|\bi'm (?:a|their) neighbou?r\b"
)
_UNKNOWING = re.compile(
    r"(?:(?:no|hmm?|äh|siis|mut|mutta) )*(?:en|emmä|mä en|minä en) (?:mä |minä |oikein |ees |edes |nyt |kyllä )*"
    r"(?:tiedä|tiiä|tiä|osaa sanoa|osaa sanoo|keksi)(?: (?:yhtään|oikein|mitään|mistä|mitä|miten|aloittaa"
    r"|alottaa|sanoa|sanoo|kirjoittaa|kysyä))*"
    r"|(?:jag )?vet inte(?: riktigt)?(?: (?:var|vad) jag ska (?:börja|säga))?|i (?:don t|do not"
    r"|dont) (?:really )?know(?: (?:where to (?:start|begin)|what to say))?"
)
_MAYBE = re.compile(
    r"(?:(?:no|hmm?|joo|njoo|noh) )*(?:ehkä|ehkäpä|mahdollisesti|en (?:mä |minä )?(?:vielä )?(?:tiedä"
    r"|tiiä|oo varma|ole varma)"
    r"|mietin(?: vielä)?|pitää miettiä|täytyy miettiä|katotaan|katsotaan|kanske|vet inte|maybe|perhaps"
    r"|not sure|i (?:don t|dont) know)"
    r"(?: (?:myöhemmin|joskus|vielä|nyt))*"
)
_HELP_ALONE = re.compile(
    r"(?:(?:hei|moi|mä|minä|me|voi|hej|hi|please) )*(?:tarvi\w*|tartt\w*|haluan|haluun|halutaan|kaipaan"
    r"|behöver|need|want)"
    r" (?:vaan |vain |nyt |kipeesti |heti )*(?:apua|apuu|hjälp|help)(?: (?:nyt|heti|johonkin|please|nu|now))*"
)
_TAKEN_NOTE = re.compile(
    r"(?:no )?(?:ok|okei|okej|okay|selvä|jaaha|aha|ahaa|vai niin|jaa)(?: (?:ok|okei|selvä))?"
)
_DISTRESS = re.compile(
    r"\b(?:kaikki (?:vaan |vain |nyt )*(?:menee |on |tuntuu )?(?:pieleen|päin |huonosti|hajoaa|kaatuu"
    r"|mahdotto\w+|paskaa|liikaa)"
    r"|(?:tää|tämä|elämä) (?:vaan |vain )?on (?:niin |tosi |ihan |liian )*(?:vaikee\w*|vaikea\w*"
    r"|raskas\w*|hirvee\w*|kauhee\w*|paskaa|liikaa)"
    r"|itkettää|itken (?:vaan|vain|koko ajan)|on niin paha olo|en kestä)\b"
    r"|\ballt (?:går|är) (?:fel|för mycket)|\beverything (?:is|goes) (?:wrong|too much)"
)
_CRYING = re.compile("[😭😢😞😔💔😩😫🥺]")
_NO_HELP = re.compile(
    r"\b(?:ei|eikä) (?:\w+ )?(?:noista|näistä|tästä|tosta|niistä|mistään|siitä) (?:\w+ )?(?:oo|ole"
    r"|ollu\w*|oikein) (?:mitään |yhtään )?apua"
    r"|\b(?:ei|eikä) (?:tää|tämä|noi|nuo|nää|nämä|ne|toi)?\s?(?:auta|auttanu\w*|toimi)\b(?! (?:itku|nukku|syö))"
    r"|\bollaan jo (?:kokeiltu|käyty)|\bon jo kokeiltu|\b(?:det (?:där |här )?)?hjälper inte\b|\b(?:this|that"
    r"|it) (?:is no|doesn.t|does not) help"
)
_NO_PHONE = re.compile(
    r"\b(?:ei (?:oo|ole)|eioo) (?:mulla |minulla )?(?:omaa )?(?:puhelinta|kännykkää|luuria|liittymää)"
    r"|\b(?:puhelin|kännykkä|luuri) (?:on )?(?:rikki|hajalla|hukassa|poikki)|\bhar ingen telefon"
    r"|\b(?:don.t have|have no) (?:a )?phone"
)
_ADDS = re.compile(
    r"\b(?:lisää|lisätkää|kirjaa|kirjatkaa|laita|laittakaa|muista|huomatkaa|lägg till|skriv också|add|note) "
)
_FEW = 8
_LINK = re.compile(r"https?://|\bwww\.|\b[\w-]+\.(?:com|net|biz|info|top|example)\b")
_SELLS = re.compile(
    r"klikkaa|tilaa nyt|voitit|voita\b|voittaja|ilmai|tarjous|alennus|laina|osta\b|halvalla"
    r"|bitcoin|krypto|casino|kasino|ansaitse"
    r"|klicka|vann\b|gratis|erbjudande|lån\b|köp\b|click|you won|winner|free\b|offer|loan|buy now|earn money|crypto"
)
_ORDINARY_OF_CALLS = re.compile(
    r"hei\w*|moi\w*|terve|kiitos\w*|kiitti|ja|että|et|jos|kun|niin|no|joo|ok|se|on|oon|olen|oisko|olis\w*"
    r"|voi\w*|vois\w*|saa\w*"
    r"|halu\w*|haluu|tarvi\w*|pyy[dt]\w*|joku|jonku\w*|ihmi\w*|ohjaaja\w*|soit\w*|puhelu\w*|puhelin\w*"
    r"|numero\w*|nro|puh"
    r"|mulle|minulle|mua|minua|meille|mun|minun|mä|minä|me|te|teille|teidä\w*|kanssa|puhu\w*|jutel\w*"
    r"|jutu\w*|apu\w*|autta\w*|kello|klo"
    r"|hej|tack|jag|vill|kan|ni|du|ring\w*|mig|mitt|nummer|är|någon|med|prata|samtal|hjälp|please|hi"
    r"|hello|i|want|would|like|can|could"
    r"|you|call|ring|me|my|number|is|a|someone|somebody|to|talk|with|help|thanks|at|on|for"
)
_LEAST_SAID = 3
_REFUSES = re.compile(
    r"halu|haluu|tarvi|tarvet|tartte|kiito|kiitti|tack|thank|nyt\b"
    r"|viel|soit|puhel|pärj|parem|jätetään|ohita|behöv|ring|inte nu"
    r"|need|want|call|later|now"
)
_LONG_NO = 4
_REACHED = re.compile(
    r"soit|soita|yhtey|viesti\w* (?:mulle|minulle)|ottakaa|ota[nt]?ko"
    r"|aika\b|ajan\b|kontakt|hör av|contact|get in touch|text me|message me"
)


def asks_what_is_meant(text: str) -> bool:
    """Whether a whole message asks what was meant or why it was asked: "mitä tarkoitat"."""
    return bool(_MEANS.fullmatch(_only_letters(text)))


def asks_again(text: str) -> bool:
    """Whether a whole message asks to hear the last thing once more: "uudestaan"."""
    return bool(_AGAIN.fullmatch(_only_letters(text)))


def names_a_site(text: str) -> bool:
    """Whether a professional's words tell where they work: "kuraattori Pikkolan koululta"."""
    return bool(_SITE.search(text.casefold()))


def tells_later(text: str) -> bool:
    """Whether the matter is left for the call: "kerron sitten puhelimessa"."""
    return bool(_LATER.search(text.casefold()))


def speaks_of_before(text: str) -> bool:
    """Whether words lean on an earlier conversation: "niin kuin eilen kerroin"."""
    return bool(_BEFORE.search(text.casefold()))


def is_advertising(text: str) -> bool:
    """Whether a message sells something or wants a link opened."""
    folded = text.casefold()
    return bool(_LINK.search(folded)) and bool(_SELLS.search(folded))


def says_more_than_a_call(text: str) -> bool:
    """Whether a request for a call, its facts taken out, says something the one who rings should know."""
    words = _only_letters(text).split()
    return sum(not _ORDINARY_OF_CALLS.fullmatch(word) for word in words) >= _LEAST_SAID


def _only_letters(text: str) -> str:
    return " ".join(re.findall(r"[^\W\d_]+", text.casefold()))


def is_no_refusal(text: str) -> bool:
    """Whether words that open with a no tell something else than that an offer is declined: "en uskalla kertoa"."""
    folded = text.casefold()
    return (len(folded.split()) > _LONG_NO or "jaksa" in folded) and not _REFUSES.search(folded)


def asks_to_be_reached(text: str) -> bool:
    """Whether words ask for somebody to get in touch, in whatever way."""
    return bool(_REACHED.search(text.casefold()))


def gives_up(text: str) -> bool:
    """Whether a whole message leaves what is under way: "ei sittenkään, en haluu"."""
    return bool(_GIVES_UP.fullmatch(_only_letters(text)))


def asks_who_rings(text: str) -> bool:
    """Whether words ask who it is that rings: "kuka soittaa?"."""
    return bool(_WHO_RINGS.search(text.casefold()))


def asks_cost(text: str) -> bool:
    """Whether words ask what this costs, no service named: "onko tää maksullista?"."""
    return bool(_COST.search(text.casefold()))


def asks_for_secrecy(text: str) -> bool:
    """Whether words ask if others at home get to know, or if leave is needed: "en haluu et äiti tietää"."""
    return bool(_SECRET.search(text.casefold()))


def is_insult(text: str) -> bool:
    """Whether a whole message is nothing but an insult."""
    return bool(_INSULT.fullmatch(_only_letters(text)))


def is_outsider(text: str) -> bool:
    """Whether somebody near a family writes about it: "naapuri tässä"."""
    return bool(_OUTSIDER.search(text.casefold()))


def does_not_know(text: str) -> bool:
    """Whether a whole message says no more than that words are missing: "en tiiä mistä aloittaa"."""
    return bool(_UNKNOWING.fullmatch(_only_letters(text)))


def is_unsure(text: str) -> bool:
    """Whether a whole message is neither yes nor no: "ehkä"."""
    return bool(_MAYBE.fullmatch(_only_letters(text)))


def takes_note(text: str) -> bool:
    """Whether a whole message only shows that it was read: "ok"."""
    return bool(_TAKEN_NOTE.fullmatch(_only_letters(text)))


def is_distress(text: str) -> bool:
    """Whether words or a crying face tell that all is heavy, and nothing else."""
    folded = text.casefold()
    bare = bool(_CRYING.search(text)) and not _only_letters(text)
    return bare or (len(folded.split()) <= _FEW and bool(_DISTRESS.search(folded)))


def finds_no_help(text: str) -> bool:
    """Whether what was said or shown is of no help: "ei noista oo apua"."""
    return len(text.split()) <= _FEW and bool(_NO_HELP.search(text.casefold()))


def has_no_phone(text: str) -> bool:
    """Whether there is no telephone to ring."""
    return bool(_NO_PHONE.search(text.casefold()))


def adds_something(text: str) -> bool:
    """Whether something is to be added to what was told: "lisää vielä, että ovikello on rikki"."""
    return len(text.split()) >= _LEAST_SAID and bool(_ADDS.search(text.casefold()))


def asks_for_help_alone(text: str) -> bool:
    """Whether a whole message asks for help and says no more: "tarviin apua"."""
    return bool(_HELP_ALONE.fullmatch(_only_letters(text)))
