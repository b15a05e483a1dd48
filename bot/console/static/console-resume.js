// After signing in again: on to the form as it was. Without this one presses the button.
document.querySelector("[data-resume]").submit();
