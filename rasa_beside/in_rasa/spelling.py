"""A Rasa tokenizer that spells words as our own engine does. Runs in Rasa's Python 3.10."""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.nlu.tokenizers.whitespace_tokenizer import WhitespaceTokenizer
from rasa.shared.nlu.training_data.message import Message

from bot.understanding.normalise import words


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class OneSpelling(WhitespaceTokenizer):
    """Folded words in written language, ages as marks: what `bot.understanding.normalise.words` gives.

    Offsets of tokens count in that spelling, not in the message; nothing in our pipeline reads them.
    """

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The message's words; the whole text as one word when it has none."""
        text = message.get(attribute)
        found = words(text) or [text]
        return self._convert_words_to_tokens(found, " ".join(found))
