"""The LaTeX names of accents, letters and symbols, and the characters they stand for."""

ACCENTS = {
    '"': "\u0308",
    "'": "\u0301",
    "`": "\u0300",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    "u": "\u0306",
    "v": "\u030c",
    "H": "\u030b",
    "t": "\u0361",
    "c": "\u0327",
    "d": "\u0323",
    "b": "\u0331",
    "k": "\u0328",
    "r": "\u030a",
}
"""Accent command → combining character."""

LETTERS = {
    "ss": "ß",
    "aa": "å",
    "AA": "Å",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "dh": "ð",
    "DH": "Ð",
    "th": "þ",
    "TH": "Þ",
    "dj": "đ",
    "DJ": "Đ",
    "ng": "ŋ",
    "i": "ı",
    "j": "ȷ",
}
"""Letter command → letter."""

_GREEK = """
    alpha α  beta β  gamma γ  delta δ  epsilon ε  varepsilon ε  zeta ζ  eta η  theta θ  vartheta ϑ  iota ι  kappa κ
    lambda λ  mu μ  nu ν  xi ξ  pi π  varpi ϖ  rho ρ  varrho ϱ  sigma σ  varsigma ς  tau τ  upsilon υ  phi φ
    varphi φ  chi χ  psi ψ  omega ω  Gamma Γ  Delta Δ  Theta Θ  Lambda Λ  Xi Ξ  Pi Π  Sigma Σ  Upsilon Υ  Phi Φ
    Psi Ψ  Omega Ω
"""
_OPERATORS = """
    times ×  cdot ·  pm ±  mp ∓  div ÷  ast ∗  star ⋆  circ ∘  bullet •  oplus ⊕  otimes ⊗  odot ⊙  geq ≥  ge ≥
    leq ≤  le ≤  neq ≠  ne ≠  approx ≈  sim ∼  simeq ≃  equiv ≡  propto ∝  ll ≪  gg ≫  in ∈  notin ∉  subset ⊂
    subseteq ⊆  cup ∪  cap ∩  setminus ∖  emptyset ∅  forall ∀  exists ∃  neg ¬  land ∧  lor ∨  infty ∞  partial ∂
    nabla ∇  ell ℓ  hbar ℏ  prime ′  degree °  dagger †  ddagger ‡  to →  rightarrow →  leftarrow ←
    leftrightarrow ↔  Rightarrow ⇒  Leftarrow ⇐  Leftrightarrow ⇔  mapsto ↦  uparrow ↑  downarrow ↓  langle ⟨
    rangle ⟩  lfloor ⌊  rfloor ⌋  lceil ⌈  rceil ⌉  ldots …  dots …  cdots ⋯  sum ∑  prod ∏  int ∫  log log  exp exp
    min min  max max  sin sin  cos cos  tanh tanh  argmin argmin  argmax argmax  lim lim  ln ln  det det
"""


def _pairs(table: str) -> dict[str, str]:
    words = table.split()
    return dict(zip(words[::2], words[1::2], strict=True))


SYMBOLS = _pairs(_GREEK) | _pairs(_OPERATORS)
"""Mathematical command → character or word."""

SUPERSCRIPTS = dict(zip("0123456789+-=()ni*′ ", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ*′ ", strict=True))
"""Character → its superscript."""

SUBSCRIPTS = dict(zip("0123456789+-=()aeoxhklmnpstijruv ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼᵣᵤᵥ ", strict=True))
"""Character → its subscript."""
