"""What the form says to readers, in the language of its survey: sentences on a newspaper's page, not on ours."""

from __future__ import annotations

from collections.abc import Mapping

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
"""Languages that are written from the right; their texts are the survey's own, around them ours are English."""

ENGLISH: Mapping[str, str] = {
    "send": "Send my answer",
    "about": "About you (skip what you like)",
    "skip": "Skip",
    "several": "Choose all that you agree with.",
    "comment": "Would you like to say why?",
    "consent": "You may print my comment.",
    "sending": "Sending your answer …",
    "thanks": "Thank you. Your answer is in.",
    "waiting": "Your answer has not arrived yet. This page keeps it and tries again.",
    "change": "Change my answer",
    "choose": "Please choose an answer first.",
    "early": "Answers are taken from {when} on.",
    "closed": "This question is closed. Thank you to everybody who answered.",
    "notice": "What happens with your answer",
    "simulated": "SIMULATED: a demonstration. Nobody publishes these answers.",
    "refused": "Your answer was not taken.",
    "back": "Back to the question",
    "nothing": "No question is asked here.",
    "rest": "Answers cannot be taken right now. Please try again in a moment.",
}
GERMAN: Mapping[str, str] = {
    "send": "Antwort abschicken",
    "about": "Über Sie (freiwillig)",
    "skip": "Keine Angabe",
    "several": "Wählen Sie alles, dem Sie zustimmen.",
    "comment": "Möchten Sie sagen, warum?",
    "consent": "Mein Kommentar darf veröffentlicht werden.",
    "sending": "Ihre Antwort wird gesendet …",
    "thanks": "Danke. Ihre Antwort ist angekommen.",
    "waiting": "Ihre Antwort ist noch nicht angekommen. Diese Seite bewahrt sie auf und versucht es weiter.",
    "change": "Antwort ändern",
    "choose": "Bitte wählen Sie zuerst eine Antwort.",
    "early": "Sie können ab {when} antworten.",
    "closed": "Diese Frage ist geschlossen. Danke an alle, die geantwortet haben.",
    "notice": "Was mit Ihrer Antwort geschieht",
    "simulated": "SIMULIERT: eine Vorführung. Niemand veröffentlicht diese Antworten.",
    "refused": "Ihre Antwort wurde nicht angenommen.",
    "back": "Zurück zur Frage",
    "nothing": "Hier wird keine Frage gestellt.",
    "rest": "Gerade können keine Antworten angenommen werden. Bitte versuchen Sie es gleich noch einmal.",
}
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
    "nothing": "Aucune question n’est posée ici.",
    "rest": "Les réponses ne peuvent pas être reçues pour le moment. Veuillez réessayer dans un instant.",
}
_TEXTS = {"en": ENGLISH, "de": GERMAN, "fr": FRENCH}


def texts_in(language: str) -> Mapping[str, str]:
    """The form's texts in that language, in English where there are none.

    Example:
        >>> texts_in("de-AT")["send"], texts_in("ar")["send"]
        ('Antwort abschicken', 'Send my answer')
    """
    return _TEXTS.get(language.partition("-")[0].lower(), ENGLISH)


def direction(language: str) -> str:
    """The way that language is written: "ltr" or "rtl".

    Example:
        >>> direction("he"), direction("fr")
        ('rtl', 'ltr')
    """
    return "rtl" if language.partition("-")[0].lower() in RIGHT_TO_LEFT else "ltr"
