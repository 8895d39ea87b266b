# ruff: noqa: RUF001 - what looks like a letter is a symbol here
"""TeX's symbols as Unicode, and what each of them is in a formula."""

from enum import Enum


class Role(Enum):
    """What a symbol is in a formula: the spaces around it follow from that."""

    ORDINARY = "ordinary"
    NAME = "name"
    BINARY = "binary"
    RELATION = "relation"
    OPEN = "open"
    CLOSE = "close"
    COMMA = "comma"
    SPACE = "space"
    TEXT = "text"
    FRACTION = "fraction"
    LOOSE = "loose"
    UNKNOWN = "unknown"


WIDE = "\ue000"
"""Stands for a wide space: it is kept where other spaces are joined."""

PRIME = "′"

_SYMBOLS = {
    Role.ORDINARY: r"""
        alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ
        iota ι kappa κ varkappa ϰ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ
        sigma σ varsigma ς tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω
        Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
        Alpha Α Beta Β
        infty ∞ partial ∂ nabla ∇ forall ∀ exists ∃ nexists ∄ emptyset ∅ varnothing ∅ aleph ℵ
        beth ℶ hbar ℏ hslash ℏ ell ℓ Re ℜ Im ℑ wp ℘ imath ı jmath ȷ eth ð
        neg ¬ lnot ¬ top ⊤ bot ⊥ angle ∠ measuredangle ∡ triangle △
        square □ Box □ blacksquare ■
        qed ∎ diamond ⋄ Diamond ◇ star ⋆ bigstar ★ checkmark ✓ prime ′ degree °
        dots … ldots … cdots ⋯ dotsc … dotsb ⋯ dotsm ⋯ dotsi ⋯ dotso … vdots ⋮ ddots ⋱
        mathellipsis …
        dagger † ddagger ‡ dag † ddag ‡ S § P ¶ copyright © pounds £ euro € yen ¥
        sharp ♯ flat ♭ natural ♮ clubsuit ♣ diamondsuit ♢ heartsuit ♡ spadesuit ♠
        vert | Vert ‖ backslash \ slash / lbrack [ rbrack ] _ _ % % $ $ & & # # | ‖
        R ℝ N ℕ Z ℤ Q ℚ C ℂ infin ∞ empty ∅ surd √ complement ∁ AA Å ohm Ω micro µ
        """,
    Role.BINARY: r"""
        pm ± mp ∓ times × div ÷ cdot · ast ∗ setminus ∖ smallsetminus ∖ cup ∪ cap ∩ sqcup ⊔ sqcap ⊓
        uplus ⊎ oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙ wedge ∧ vee ∨ land ∧ lor ∨ bullet •
        amalg ⨿ wr ≀ dotplus ∔ ltimes ⋉ rtimes ⋊ veebar ⊻ barwedge ⊼ bmod mod circ ∘
        boxplus ⊞ boxtimes ⊠
        bigtriangleup △ bigtriangledown ▽ cdotp ·
        """,
    Role.RELATION: r"""
        le ≤ leq ≤ leqslant ⩽ ge ≥ geq ≥ geqslant ⩾ ne ≠ neq ≠ lt < gt > ll ≪ gg ≫ lll ⋘ ggg ⋙
        approx ≈ approxeq ≊ equiv ≡ cong ≅ sim ∼ simeq ≃ propto ∝ varpropto ∝ doteq ≐ asymp ≍
        triangleq ≜ coloneqq ≔ coloneq ≔ defeq ≔ leqq ≦ geqq ≧ nleq ≰ ngeq ≱ nless ≮ ngtr ≯
        lesssim ≲ gtrsim ≳ lessapprox ⪅ gtrapprox ⪆ prec ≺ succ ≻ preceq ⪯ succeq ⪰ risingdotseq ≓
        in ∈ notin ∉ ni ∋ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ subsetneq ⊊ supsetneq ⊋
        nsubseteq ⊈ nsupseteq ⊉ sqsubseteq ⊑ sqsupseteq ⊒ mid ∣ nmid ∤ parallel ∥ nparallel ∦
        perp ⊥ vdash ⊢ dashv ⊣ models ⊨ vDash ⊨ Vdash ⊩ nvdash ⊬ ncong ≇ nsim ≁ colon : bowtie ⋈
        to → rightarrow → gets ← leftarrow ← leftrightarrow ↔ longrightarrow ⟶ longleftarrow ⟵
        longleftrightarrow ⟷ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ Longrightarrow ⟹
        Longleftarrow ⟸ Longleftrightarrow ⟺ implies ⟹ impliedby ⟸ iff ⟺ mapsto ↦ longmapsto ⟼
        hookrightarrow ↪ hookleftarrow ↩ uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓
        nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ rightharpoonup ⇀ leftharpoonup ↼ nrightarrow ↛
        rightleftharpoons ⇌ leftrightharpoons ⇋ rightleftarrows ⇄ nRightarrow ⇏ leadsto ⇝
        rightsquigarrow ⇝ twoheadrightarrow ↠ rightarrowtail ↣ therefore ∴ because ∵
        vartriangleleft ⊲ trianglelefteq ⊴ trianglerighteq ⊵ lhd ⊲ rhd ⊳ unlhd ⊴ gtrless ≷
        lessgtr ≶ Cap ⋒ Cup ⋓
        """,
    Role.NAME: r"""
        sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮ oiint ∯ bigcup ⋃ bigcap ⋂ bigvee ⋁
        bigwedge ⋀ bigoplus ⨁ bigotimes ⨂ bigodot ⨀ biguplus ⨄ bigsqcup ⨆ intop ∫ smallint ∫
        """,
    Role.OPEN: r"""
        lfloor ⌊ lceil ⌈ langle ⟨ lvert | lVert ‖ lbrace { { { lparen ( lgroup ( llbracket ⟦
        ulcorner ⌜ llcorner ⌞
        """,
    Role.CLOSE: r"""
        rfloor ⌋ rceil ⌉ rangle ⟩ rvert | rVert ‖ rbrace } } } rparen ) rgroup ) rrbracket ⟧
        urcorner ⌝ lrcorner ⌟
        """,
}

_NAMES = """
    sin cos tan cot sec csc arcsin arccos arctan arccot sinh cosh tanh coth sech csch log ln lg exp
    lim limsup liminf sup inf max min argmax argmin arg det dim ker gcd lcm hom deg Pr tr rank sgn
    span mod injlim projlim
    """

SYMBOLS: dict[str, tuple[str, Role]] = {
    name: (character, role)
    for role, table in _SYMBOLS.items()
    for name, character in zip(table.split()[::2], table.split()[1::2], strict=True)
}
SYMBOLS |= {name: (name, Role.NAME) for name in _NAMES.split()}
SYMBOLS |= dict.fromkeys(("quad", "qquad"), (WIDE, Role.SPACE))
SYMBOLS |= dict.fromkeys(
    (",", ":", ";", ">", " ", "enspace", "thinspace", "space"), (" ", Role.SPACE)
)
SYMBOLS |= {
    "-": ("", Role.SPACE),
    "limsup": ("lim sup", Role.NAME),
    "liminf": ("lim inf", Role.NAME),
}

CHARACTERS: dict[str, tuple[str, Role]] = {
    "-": ("−", Role.BINARY),
    **{it: (it, Role.BINARY) for it in "+*±×÷·∪∩∧∨⊕⊗"},
    **{it: (it, Role.RELATION) for it in "=<>≤≥≠≈≡∼∝∈∉⊂⊆⊃→←⇒⇔↦⟹⟺:"},
    **{it: (it, Role.OPEN) for it in "([⌊⌈⟨"},
    **{it: (it, Role.CLOSE) for it in ")]⌋⌉⟩!"},
    **{it: (it, Role.COMMA) for it in ",;"},
    **{it: (it, Role.NAME) for it in "∑∏∫"},
    "~": (" ", Role.SPACE),
    "'": ("′", Role.ORDINARY),
}

UPPER = dict(
    zip(
        "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ",
        strict=True,
    )
)
UPPER |= {it: it for it in "*′†‡°"} | {"∘": "°"}
LOWER = dict(
    zip(
        "0123456789+−=()aehijklmnoprstuvxβγρφχ,",
        "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ,",
        strict=True,
    )
)

VULGAR = {
    "1/2": "½",
    "1/3": "⅓",
    "2/3": "⅔",
    "1/4": "¼",
    "3/4": "¾",
    "1/5": "⅕",
    "2/5": "⅖",
    "3/5": "⅗",
    "4/5": "⅘",
    "1/6": "⅙",
    "5/6": "⅚",
    "1/8": "⅛",
    "3/8": "⅜",
    "5/8": "⅝",
    "7/8": "⅞",
}

ACCENTS = {
    **dict.fromkeys(("hat", "widehat"), "\u0302"),
    **dict.fromkeys(("tilde", "widetilde"), "\u0303"),
    **dict.fromkeys(("bar", "overline"), "\u0305"),
    **dict.fromkeys(("vec", "overrightarrow"), "\u20d7"),
    "underline": "\u0332",
    "dot": "\u0307",
    "ddot": "\u0308",
    "dddot": "\u20db",
    "acute": "\u0301",
    "grave": "\u0300",
    "check": "\u030c",
    "breve": "\u0306",
    "mathring": "\u030a",
    "overleftarrow": "\u20d6",
    "overleftrightarrow": "\u20e1",
}

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def _alphabet(first: int, letters: str = _LETTERS, **known: str) -> dict[str, str]:
    return {it: known.get(it, chr(first + at)) for at, it in enumerate(letters)}


_BOLD = _alphabet(0x1D400)
_DOUBLE = _alphabet(0x1D538, C="ℂ", H="ℍ", N="ℕ", P="ℙ", Q="ℚ", R="ℝ", Z="ℤ") | {"1": "𝟙"}
_SCRIPT = _alphabet(0x1D49C, _LETTERS[:26], B="ℬ", E="ℰ", F="ℱ", H="ℋ", I="ℐ", L="ℒ", M="ℳ", R="ℛ")
_GOTHIC = _alphabet(0x1D504, C="ℭ", H="ℌ", I="ℑ", R="ℜ", Z="ℨ")

_PLAIN: dict[str, str] = {}

ALPHABETS: dict[str, dict[str, str]] = {
    **dict.fromkeys(("mathbf", "boldsymbol", "bm", "bold", "pmb"), _BOLD),
    **dict.fromkeys(("mathbb", "Bbb", "mathds"), _DOUBLE),
    **dict.fromkeys(("mathcal", "mathscr", "cal"), _SCRIPT),
    "mathfrak": _GOTHIC,
    **dict.fromkeys(("mathsf", "mathtt", "mathit", "mathnormal", "mathrm", "rm", "it"), _PLAIN),
}

SIZES = {"big": 1.2, "Big": 1.8, "bigg": 2.4, "Bigg": 3.0}
"""How many times as high as a letter delimiters are after these commands."""

ALPHABETS |= dict.fromkeys(SIZES, _PLAIN)
