"""What Rasa itself runs, in its Python 3.10: nothing here may use what came after."""
