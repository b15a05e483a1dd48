"""Fits the second look anew: `python -m tests.safety.booster_training`, then seal the data.

Emergencies and gentle signs of the labelled lines against its ordinary sentences and all ordinary training
sentences. The score to be raised is chosen by cross-validation: of ordinary sentences left out, one in a thousand
is raised.
"""

import numpy as np
import yaml
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

from bot.safety import LANGUAGES, assess, data
from bot.safety.booster import BUCKETS, buckets, written
from tests.safety.sentences import FOLDER, learned_from

_RAISED = 0.001
_FOLDS = 3
_WEIGHT = 3.0


def features(texts: list[str]) -> csr_matrix:
    """One row for each text, of length one."""
    found = [buckets(text) for text in texts]
    rows = np.repeat(np.arange(len(texts)), [len(each) for each in found])
    values = np.concatenate([np.full(len(each), 1 / np.sqrt(max(1, len(each)))) for each in found])
    return csr_matrix((values, (rows, np.concatenate(found))), shape=(len(texts), BUCKETS))


def ordinary() -> list[str]:
    """Training sentences of needs and acts in which the rules find nothing."""
    found = []
    for language in LANGUAGES:
        for path in sorted((FOLDER.parent / language).glob("[!u]*/*.yml")):
            for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
                lines = [line.strip().removeprefix("- ") for line in entry["examples"].splitlines()]
                found += [line for line in lines if assess(line, language=language).rule in ("", "booster")]
    return found


def fit(alarms: csr_matrix, hard: csr_matrix, easy: csr_matrix) -> LogisticRegression:
    """A linear model; sentences written for this weigh more than training sentences."""
    counts = [part.shape[0] for part in (alarms, hard, easy)]
    truth = np.repeat([1, 0, 0], counts)
    weights = np.repeat([_WEIGHT, _WEIGHT, 1.0], counts)
    model = LogisticRegression(C=20, max_iter=200, solver="liblinear", random_state=0)
    return model.fit(vstack([alarms, hard, easy]), truth, sample_weight=weights)


def train() -> float:
    """Write the model; returns the score to be raised."""
    development = learned_from()
    alarms = features([s.text for s in development if s.level != "none"])
    hard = features([s.text for s in development if s.level == "none"])
    easy = features(ordinary())
    folds = np.random.default_rng(0).integers(0, _FOLDS, easy.shape[0])
    scores = np.zeros(easy.shape[0])
    for fold in range(_FOLDS):
        left_out = folds == fold
        scores[left_out] = fit(alarms, hard, easy[~left_out]).decision_function(easy[left_out])
    threshold = float(np.quantile(scores, 1 - _RAISED))
    model = fit(alarms, hard, easy)
    text = written(list(model.coef_[0]), float(model.intercept_[0]), threshold)
    (data.FOLDER / "booster.txt").write_text(text, encoding="utf-8")
    return threshold


if __name__ == "__main__":
    print(train())  # noqa: T201  it is a report
