"""`perheovi evaluate --search`: how well services are found, with a Finnish dictionary and without one."""

from functools import cache
from pathlib import Path

from bot.clock import system_clock
from bot.evaluation import search, search_corpus
from bot.evaluation.search_corpus import CorpusAbsentError
from bot.guidance import areas
from bot.guidance.search.word_forms import stems, voikko
from bot.settings import Settings, SetupError
from bot.understanding.understand import Understander

_NEEDS = 3


def evaluate_search(settings: Settings, model: Path, *, with_misses: bool) -> None:
    """Print the figures of every file of questions; raises `SetupError` when the registers are absent."""
    ear, now = Understander.load(settings.nlu_dir, model), system_clock()
    try:
        catalogue = search_corpus.load(settings.test_data, areas.load(settings.catalogue_dir))
    except CorpusAbsentError as error:
        raise SetupError(str(error)) from error

    @cache
    def needs(text: str) -> tuple[tuple[str, float], ...]:
        heard = ear.understand(text, now=now, language="fi").needs[:_NEEDS]
        return tuple((guess.name, guess.confidence) for guess in heard)

    print(f"{len(catalogue.services)} services of public registers.")
    print(
        f"{'questions':24} {'words':8} {'spelling':16} {'number':>6} {'MRR@10':>7} {'hit@1':>6} {'hit@5':>6}"
    )
    for file in sorted(search.QUESTIONS.glob("*.yml")):
        asked = search.questions(file)
        for words, how in (("Voikko", voikko()), ("stems", stems)):
            if how is None:
                print(f"{file.stem:24} {words:8} not on this machine")
                continue
            for spelling, found in search.measure(catalogue, asked, needs, how).items():
                print(
                    f"{file.stem:24} {words:8} {spelling:16} {found.questions:6}"
                    f" {found.mean_reciprocal_rank:7.3f} {found.first:6.3f} {found.hit:6.3f}"
                )
                for miss in found.misses if with_misses else ():
                    print(f"    {miss.asked}: {', '.join(miss.names[:3]) or 'nothing'}")
