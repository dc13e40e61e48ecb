"""How far a share may be from that of everybody, where the wish to answer goes with the opinion.

With `n` answers out of `people`, a share differs from that of all people by exactly
rho * sqrt((people - n) / n) * sigma. Here rho, the data defect correlation, is the correlation, over all people,
between answering and holding the opinion, and sigma^2 = P (1 - P) with P the share of all people. Nothing in it is
chance: it holds for every sample, random or not. For weighted answers the same holds with n their effective base,
answering then counted by its weight, because (1 - f + CV^2) / f = people / effective_n - 1.

Source: X.-L. Meng, Statistical paradises and paradoxes in big data (I), Annals of Applied Statistics 12 (2018),
685-726: the identity and its weighted form, and the size of the random sample that is as good.
"""

from __future__ import annotations

import numpy as np

Values = float | np.ndarray


def population_share(share: Values, n: float, people: float, rho: Values) -> np.ndarray:
    """Returns the share of all people at which these answers would have the correlation `rho`.

    It solves the identity exactly, with sigma that of all people; where rho is above 0, those who hold the opinion are
    keener to answer and the share of all people is the lower one. Always inside [0, 1]; see `possible_shares` too.

    Args:
        share: among those who answered, 0 to 1.
        n: how many answered; the effective base where they are weighted.
        people: how many there are in all, those who answered among them.
        rho: -1 to 1.

    Example:
        >>> population_share(0.57, 20_000, 200_000, np.array([-0.05, 0.0, 0.05])).round(3).tolist()
        [0.642, 0.57, 0.495]
    """
    share, rho = np.asarray(share, dtype=float), np.asarray(rho, dtype=float)
    spread = rho**2 * (people - n) / n
    reach = np.sqrt(spread * share * (1 - share) + spread**2 / 4)
    return (share + spread / 2 - np.sign(rho) * reach) / (1 + spread)


def correlation(share: Values, of_people: Values, n: float, people: float) -> np.ndarray:
    """Returns the correlation `rho` at which `of_people` is the share of all people: `population_share` turned round.

    0 where the two are alike; otherwise `of_people` has to lie between 0 and 1.

    Example:
        >>> round(float(correlation(0.57, 0.5, 20_000, 200_000)), 4)
        0.0467
    """
    share, of_people = np.asarray(share, dtype=float), np.asarray(of_people, dtype=float)
    off = share - of_people
    with np.errstate(divide="ignore", invalid="ignore"):
        rho = off / np.sqrt((people - n) / n * of_people * (1 - of_people))
    return np.where(off == 0, 0.0, rho)


def eagerness(share: Values, of_people: Values) -> np.ndarray:
    """Returns how many times as likely to answer as the others those who hold the opinion are.

    Of those who hold it n * share / (people * of_people) answered, of the others the same with both shares taken from
    1: the ratio of the two needs neither n nor people.

    Example:
        >>> round(float(eagerness(0.6, 0.5)), 12)
        1.5
    """
    share, of_people = np.asarray(share, dtype=float), np.asarray(of_people, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(share == of_people, 1.0, share * (1 - of_people) / (of_people * (1 - share)))


def share_at_eagerness(share: Values, times: Values) -> np.ndarray:
    """Returns the share of all people where those who hold the opinion were `times` as likely to answer as the others.

    Example:
        >>> round(float(share_at_eagerness(0.6, 1.5)), 12)
        0.5
    """
    share, times = np.asarray(share, dtype=float), np.asarray(times, dtype=float)
    return share / (share + times * (1 - share))


def random_sample_worth(n: float, people: float, rho: Values) -> np.ndarray:
    """Returns how large a random sample would be off by as much, in the root of its mean square, as these answers are.

    A random sample of s out of N has the mean square error (N - s) / (s (N - 1)) sigma^2, these answers have
    rho^2 (N - n) / n sigma^2. Meng gives s as s' / (1 + (s' - 1) / N) with s' = n / (N - n) / rho^2, which is the same;
    for a small sample s is about s'. At rho = 0 there is no error at all, and s is `people`; chance alone makes rho^2
    1 / (N - 1) on average, at which s is n.

    Example:
        >>> round(float(random_sample_worth(20_000, 260_836_730, 0.005)))
        3
    """
    rho = np.asarray(rho, dtype=float)
    return people / (1 + rho**2 * (people - n) / n * (people - 1))


def possible_shares(count: float, n: float, people: float) -> tuple[float, float]:
    """Returns the least and the largest share of all people that leaves room for the answers already given.

    Args:
        count: how many of the n gave the answer, not weighted.

    Example:
        >>> possible_shares(6, 10, 40)
        (0.15, 0.9)
    """
    return count / people, (count + people - n) / people


def level_share(share: float, other: float) -> float:
    """Returns the share of all people at which two choices draw level, where all but the first were equally eager.

    Example:
        >>> level_share(0.5, 0.25)
        0.3333333333333333
    """
    return other / (1 - share + other)
