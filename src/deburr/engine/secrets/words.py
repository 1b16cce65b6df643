"""How much a run of letters reads like a word: letter pairs of a random string are rare in words.

The table was counted over the words of the Python standard library; it is rounded -log2 of the chance that the
second letter follows the first. `^` stands for the beginning and the end of a word.
"""

from __future__ import annotations

import re
from functools import lru_cache

_ALPHABET = "abcdefghijklmnopqrstuvwxyz^"
_ROWS = """
943497594963339492326666595 375538773492663594463999483 395738935934672784534889793 477527992895774795465898791
474355697974537572338664792 496633792994773683454989693 586728654994645794465799981 297628993986662995645999692
554445499983413594339596957 396929995956992595562999692 596526593994856687365849991 376527992983963698445799493
258518993976573398465999793 384335384966864698325599792 654376596964325392444547994 287626864973873492535979593
999597996796959995490999993 375526593966453695445779592 585727743976775497424879691 385626932995674693455879582
444645694993326493339999997 298917982999674797899978993 276536932995833773469767993 463635963995695296528887682
766646784995545397349769980 499709993996663996769999694 443344454864445374345658889
""".split()
_COST = {a + b: int(_ROWS[i][j]) for i, a in enumerate(_ALPHABET) for j, b in enumerate(_ALPHABET)}


_RUN = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def oddness(letters: str) -> float:
    """How unlike a word the letters are: about 3 for words, about 5.6 for random letters."""
    text = f"^{letters.lower()}^"
    return sum(_COST.get(text[i : i + 2], 6) for i in range(len(text) - 1)) / (len(text) - 1)


def runs(text: str) -> list[str]:
    """The words a text is made of, split at everything but letters and where a capital begins a word."""
    if text.isascii():
        return _RUN.findall(text)
    found: list[str] = []
    begin = -1
    for i, char in enumerate(text):
        if not char.isalpha():
            if begin >= 0:
                found.append(text[begin:i])
            begin = -1
        elif begin < 0:
            begin = i
        elif char.isupper() and (text[i - 1].islower() or text[i + 1 : i + 2].islower()):
            found.append(text[begin:i])
            begin = i
    return [*found, text[begin:]] if begin >= 0 else found


@lru_cache(maxsize=8192)
def wordlike(letters: str) -> bool:
    """Whether a run of letters could be a word, or a few words written together."""
    size = len(letters)
    if size <= 3:
        return True
    return oddness(letters) < (4.9 if size <= 5 else 4.5 if size <= 9 else 4.3)
