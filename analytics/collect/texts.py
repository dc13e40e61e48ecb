"""What the form says to readers, in the language of its survey: sentences on a newspaper's page, not on ours."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from analytics.figures.drawing.style import house_notation
from analytics.language.catalogues import OURS, languages
from analytics.language.dates import clock_words, day_words
from analytics.language.notation import Notation, is_right_to_left, known_language
from analytics.language.said import noted, said

TEXTS: Mapping[str, str] = {
    "send": noted("Send my answer"),
    "about": noted("About you (skip what you like)"),
    "skip": noted("Skip"),
    "several": noted("Choose all that you agree with."),
    "comment": noted("Would you like to say why?"),
    "consent": noted("You may print my comment."),
    "sending": noted("Sending your answer …"),
    "thanks": noted("Thank you. Your answer is in."),
    "waiting": noted("Your answer has not arrived yet. This page keeps it and tries again."),
    "change": noted("Change my answer"),
    "choose": noted("Please choose an answer first."),
    "early": noted("Answers are taken from {when} on."),
    "closed": noted("This question is closed. Thank you to everybody who answered."),
    "notice": noted("What happens with your answer"),
    "simulated": noted("SIMULATED: a demonstration. Nobody publishes these answers."),
    "refused": noted("Your answer was not taken."),
    "back": noted("Back to the question"),
    "survey": noted("Survey"),
    "results": noted("What the newsroom sees"),
    "few": noted("Too few have answered yet to show what they said."),
    "base": noted("About {count} readers chose to answer."),
    "wordings": noted("It was asked in {count} wordings, each put to some of them."),
    "receipt": noted("See or withdraw your answer: keep this link"),
    "counted": noted("Your answer is counted."),
    "checked": noted("Your answer is being checked before it counts."),
    "withdrawn": noted("This answer was withdrawn. It is in no result any more."),
    "unknown": noted("No answer belongs to this link."),
    "yours": noted("You answered: {answer}."),
    "withdraw": noted("Withdraw my answer"),
    "for good": noted("It is deleted and leaves every result. Nobody can bring it back."),
    "withdraw now": noted("Withdraw it for good"),
    "again": noted("This answer was withdrawn. You may give another one."),
    "nothing": noted("No question is asked here."),
    "rest": noted("Answers cannot be taken right now. Please try again in a moment."),
}
TO_READERS: Mapping[str, str] = {
    "How often they read us": noted("How often do you read us?"),
    "How they came here": noted("How did you come to this article?"),
    "Women": noted("Woman"), "Men": noted("Man"),
}  # fmt: skip
"""What the newsroom's own names of groups are to the readers who are asked for them."""
FRENCH: Mapping[str, str] = {
    "send": "Envoyer ma réponse",
    "about": "À propos de vous (facultatif)",
    "skip": "Sans réponse",
    "several": "Choisissez tout ce qui vous convient.",
    "comment": "Souhaitez-vous dire pourquoi ?",
    "consent": "Vous pouvez publier mon commentaire.",
    "sending": "Envoi de votre réponse …",
    "thanks": "Merci. Votre réponse est enregistrée.",
    "waiting": "Votre réponse n’est pas encore arrivée. Cette page la garde et réessaie.",
    "change": "Modifier ma réponse",
    "choose": "Veuillez d’abord choisir une réponse.",
    "early": "Les réponses sont ouvertes à partir du {when}.",
    "closed": "Cette question est close. Merci à tous ceux qui ont répondu.",
    "notice": "Ce que devient votre réponse",
    "simulated": "SIMULATION : une démonstration. Personne ne publie ces réponses.",
    "refused": "Votre réponse n’a pas été acceptée.",
    "back": "Revenir à la question",
    "survey": "Enquête",
    "results": "Ce que voit la rédaction",
    "few": "Trop peu de personnes ont répondu pour montrer les résultats.",
    "base": "Environ {count} personnes ont choisi de répondre.",
    "wordings": "La question a été posée en {count} formulations, chacune à une partie d’entre elles.",
    "receipt": "Voir ou retirer votre réponse : gardez ce lien",
    "counted": "Votre réponse est comptée.",
    "checked": "Votre réponse est en cours de vérification avant d’être comptée.",
    "withdrawn": "Cette réponse a été retirée. Elle ne figure plus dans aucun résultat.",
    "unknown": "Aucune réponse ne correspond à ce lien.",
    "yours": "Vous avez répondu : {answer}.",
    "withdraw": "Retirer ma réponse",
    "for good": "Elle est effacée et sort de tous les résultats. Personne ne peut la rétablir.",
    "withdraw now": "La retirer définitivement",
    "again": "Cette réponse a été retirée. Vous pouvez en donner une autre.",
    "nothing": "Aucune question n’est posée ici.",
    "rest": "Les réponses ne peuvent pas être reçues pour le moment. Veuillez réessayer dans un instant.",
}
OTHERS: Mapping[str, Mapping[str, str]] = {"fr": FRENCH}
"""Languages of forms alone: the pages speak them once a newsroom brings a catalogue, which then holds here too."""


def texts_in(language: str) -> Mapping[str, str]:
    """The form's texts in that language, in English where there are none.

    Example:
        >>> texts_in("de-AT")["send"], texts_in("fr")["send"], texts_in("ar")["send"]
        ('Antwort abschicken', 'Envoyer ma réponse', 'Send my answer')
    """
    code = known_language(language)
    own = {} if code in languages() else OTHERS.get(code, {})
    return {name: own.get(name) or said(code or OURS, sentence) for name, sentence in TEXTS.items()}


def to_readers(label: str, language: str) -> str:
    """A group's name as its readers are asked for it: an editor's own words are theirs already.

    Example:
        >>> to_readers("How often they read us", "en"), to_readers("Frauen", "de"), to_readers("Which party?", "en")
        ('How often do you read us?', 'Frau', 'Which party?')
    """
    code = known_language(language) or OURS
    return next((said(code, asked) for ours, asked in TO_READERS.items() if label == said(code, ours)), label)


def notation_of(language: str) -> Notation:
    """How the house writes in the language of a form."""
    return house_notation(known_language(language) or OURS)


def moment_of(at: datetime, language: str) -> str:
    """A moment by its own clock, as the house writes it in that language.

    Example:
        >>> moment_of(datetime(2025, 5, 18, 16, 5), "de")
        '18. Mai 2025, 16:05'
    """
    return f"{day_words(at.date(), notation_of(language))}, {clock_words(at)}"


def day_said(language: str, at: datetime) -> str:
    """A day by its own clock, as the house writes it in that language.

    Example:
        >>> day_said("de", datetime(2025, 5, 18, 16, 5))
        '18. Mai 2025'
    """
    return day_words(at.date(), notation_of(language))


def direction(language: str) -> str:
    """The way that language is written: "ltr" or "rtl".

    Example:
        >>> direction("he"), direction("fr"), direction("tlh")
        ('rtl', 'ltr', 'ltr')
    """
    return "rtl" if is_right_to_left(known_language(language) or OURS) else "ltr"
