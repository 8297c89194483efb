"""LaTeX names of accents, letters and symbols, and their Unicode characters."""

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
    times ×  cdot ·  pm ±  mp ∓  div ÷  ast ∗  star ⋆  circ ∘  bullet •  oplus ⊕  otimes ⊗  odot ⊙  circledast ⊛
    geq ≥  ge ≥  geqslant ≥  leq ≤  le ≤  leqslant ≤  neq ≠  ne ≠  approx ≈  sim ∼  simeq ≃  cong ≅  asymp ≍  equiv ≡
    propto ∝  ll ≪  gg ≫  lesssim ≲  gtrsim ≳  prec ≺  succ ≻  preceq ⪯  succeq ⪰  triangleq ≜  coloneqq ≔  in ∈
    notin ∉  ni ∋  subset ⊂  subseteq ⊆  supset ⊃  supseteq ⊇  cup ∪  cap ∩  setminus ∖  land ∧  wedge ∧  lor ∨  vee ∨
    mid |  parallel ∥  perp ⊥  to →  rightarrow →  leftarrow ←  longrightarrow ⟶  leftrightarrow ↔  Rightarrow ⇒
    Leftarrow ⇐  Leftrightarrow ⇔  implies ⟹  iff ⟺  mapsto ↦  hookrightarrow ↪  uparrow ↑  downarrow ↓
"""
_SIGNS = """
    emptyset ∅  varnothing ∅  forall ∀  exists ∃  neg ¬  lnot ¬  infty ∞  partial ∂  nabla ∇  ell ℓ  hbar ℏ  prime ′
    degree °  dagger †  ddagger ‡  top ⊤  bot ⊥  angle ∠  langle ⟨  rangle ⟩  lfloor ⌊  rfloor ⌋  lceil ⌈  rceil ⌉
    lvert |  rvert |  vert |  lVert ‖  rVert ‖  Vert ‖  ldots …  dots …  cdots ⋯  sum ∑  prod ∏  int ∫  square □
    checkmark ✓  sharp ♯  flat ♭  Re ℜ  Im ℑ  aleph ℵ
"""
_FUNCTIONS = """
    log exp min max sin cos tan tanh argmin argmax lim ln det Pr gcd inf sup dim ker mod deg
"""
_TEXT = """
    quotesingle '  quotedbl "  quoteleft ‘  quoteright ’  quotedblleft “  quotedblright ”  quotestraightbase ‚
    quotestraightdblbase „  asciitilde ~  asciicircum ^  asciigrave `  asciiacute ´  asciidieresis ¨  asciimacron ¯
    asciibreve ˘  asciicaron ˇ  emdash —  endash –  twelveudash —  threequartersemdash –  dblhyphen ⹀  ellipsis …
    periodcentered ·  bullet •  openbullet ◦  asteriskcentered ∗  bigcircle ◯  dagger †  daggerdbl ‡  section §
    paragraph ¶  pilcrow ¶  referencemark ※  interrobang ‽  exclamdown ¡  questiondown ¿  underscore _  visiblespace ␣
    bar |  bardbl ‖  brokenbar ¦  less <  greater >  numbersign #  ampersand &  percent %  fractionsolidus ⁄  minus −
    plusminus ±  pm ±  times ×  div ÷  lnot ¬  surd √  mu μ  ohm Ω  mho ℧  degree °  celsius ℃  perthousand ‰
    pertenthousand ‱  onesuperior ¹  twosuperior ²  threesuperior ³  onehalf ½  onequarter ¼  threequarters ¾
    ordfeminine ª  ordmasculine º  numero №  registered ®  trademark ™  servicemark ℠  copyright ©  copyleft 🄯
    circledP ℗  estimated ℮  recipe ℞  musicalnote ♪  leftarrow ←  rightarrow →  uparrow ↑  downarrow ↓  langle ⟨
    rangle ⟩  lbrackdbl ⟦  rbrackdbl ⟧  lquill ⁅  rquill ⁆  dollar $  cent ¢  sterling £  yen ¥  euro €  currency ¤
    braceleft {  braceright }  florin ƒ
    won ₩  naira ₦  lira ₤  dong ₫  peso ₱  baht ฿  guarani ₲  colonmonetary ₡  schwa ə
"""
_WORDS = """
    copyright ©  S §  P ¶  pounds £  euro €  guillemotleft «  guillemotright »  guillemetleft «  guillemetright »
    guilsinglleft ‹  guilsinglright ›  quotedblbase „  quotesinglbase ‚  LaTeX LaTeX  TeX TeX  item •  eg e.g.  ie i.e.
    etc etc.  etal et-al.  wrt w.r.t.  deg °
"""


def _pairs(table: str) -> dict[str, str]:
    words = table.split()
    return dict(zip(words[::2], words[1::2], strict=True))


GREEK = _pairs(_GREEK)
"""Name of a Greek letter → letter."""

OPERATORS = _pairs(_OPERATORS)
"""Name of an operator or relation, which has spaces on both sides or on neither → character."""

FUNCTIONS = frozenset(_FUNCTIONS.split())
"""Names of functions, which are printed upright and separated from letters."""

SYMBOLS = GREEK | OPERATORS | _pairs(_SIGNS)
"""Mathematical command → character."""

TEXT = {f"text{name}": sign for name, sign in (GREEK | _pairs(_TEXT)).items()}
"""Command for a character in running text, as `textmu` → character."""

WORDS = TEXT | _pairs(_WORDS) | {"etal": "et al."}
"""Command in running text → the text it prints."""

SUPERSCRIPTS = dict(
    zip(
        "0123456789+-−=()*⋆†‡′⊤ abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδφχ",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾**†‡′ᵀ ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᵠᵡ",
        strict=True,
    )
)
"""Character → its superscript."""

SUBSCRIPTS = dict(
    zip("0123456789+-−=()aeoxhklmnpstijruvβγρφχ ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼᵣᵤᵥᵦᵧᵨᵩᵪ ", strict=True)
)
"""Character → its subscript."""
