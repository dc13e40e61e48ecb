"""Steps in words: how much, how good and how often, whatever is measured, in nine languages, lowest first."""

from __future__ import annotations

from random import Random

import pytest

from analytics.imports.proposing.orders import scale_steps, steps_in

LADDERS = """
Not at all|A little|Quite a lot|Completely
Not worried at all|Not very worried|Fairly worried|Very worried
Not confident at all|Slightly confident|Moderately confident|Very confident
None at all|Not very much|A fair amount|A great deal
Not important|Slightly important|Important|Very important|Essential
Much less safe|Less safe|About the same|Safer|Much safer
Never|Hardly ever|Occasionally|Some of the time|Often/always
Very poor|Poor|Acceptable|Good|Excellent
very_bad|bad|fair|good|very_good
very_unlikely|unlikely|neither|likely|very_likely
Inadequate|Requires improvement|Good|Outstanding
Not a problem|A small problem|A big problem|A very big problem
Nothing at all|Just a little|A fair amount|A lot
Much too slow|Too slow|About right|Too fast|Much too fast
Certain not to vote|Unlikely to vote|Likely to vote|Certain to vote
no_trust|little_trust|some_trust|full_trust
gar kein Vertrauen|wenig Vertrauen|großes Vertrauen|sehr großes Vertrauen
überhaupt nicht besorgt|weniger besorgt|ziemlich besorgt|sehr besorgt
keine Sorgen|wenig Sorgen|etwas Sorgen|große Sorgen|sehr große Sorgen
gar nicht|wenig|mittel|stark|sehr stark
sehr gering|gering|mittel|hoch|sehr hoch
viel zu langsam|zu langsam|genau richtig|zu schnell|viel zu schnell
Pas du tout confiance|Plutôt pas confiance|Plutôt confiance|Tout à fait confiance
Pas du tout inquiet|Peu inquiet|Assez inquiet|Très inquiet
Très faible|Faible|Moyen|Élevé|Très élevé
Jamais|Moins d'une fois par mois|Une à trois fois par mois|Chaque semaine|Tous les jours
Ninguna|Poca|Bastante|Mucha
Nada probable|Poco probable|Algo probable|Muy probable|Extremadamente probable
Nessuna fiducia|Poca fiducia|Abbastanza fiducia|Molta fiducia
Helemaal geen vertrouwen|Weinig vertrouwen|Redelijk veel vertrouwen|Heel veel vertrouwen
Bardzo źle|Źle|Przeciętnie|Dobrze|Bardzo dobrze
Muito mau|Mau|Razoável|Bom|Muito bom
Nada preocupado|Pouco preocupado|Preocupado|Muito preocupado
Совсем не доверяю|Скорее не доверяю|Скорее доверяю|Полностью доверяю
"""
NONE = """
Yes|No|Maybe
Ja|Nein|Vielleicht
Oui|Non|Peut-être
Bus|Car|Train
More|Less|The same
Work|Family|Nature
For|Against|Both
"""


@pytest.mark.parametrize("ladder", LADDERS.strip().splitlines())
def test_words_are_in_the_order_of_what_they_say(ladder: str) -> None:
    words = ladder.split("|")
    steps = scale_steps(Random(5).sample(words, len(words)))

    assert steps is not None
    assert sorted(words, key=steps.__getitem__, reverse=True) == words


@pytest.mark.parametrize("answers", NONE.strip().splitlines())
def test_answers_without_an_order_are_no_scale(answers: str) -> None:
    assert scale_steps(answers.split("|")) is None


def test_a_word_for_no_opinion_is_a_step_where_a_ladder_has_it_in_its_middle() -> None:
    words = ["stimme gar nicht zu", "stimme eher nicht zu", "unentschieden", "stimme eher zu", "stimme voll zu"]

    assert sorted(steps_in([*words, "weiß nicht"]) or {}, key=(steps_in(words) or {}).__getitem__)[::-1] == words
    assert "Undecided" not in (steps_in(["Very good", "Good", "Poor", "Undecided"]) or {})
