"""Danish texts for the authors of coding cases and of the rules that judge them."""

TEXTS: dict[str, str] = {
    "training.case-withdrawn": "casen {case} trækkes tilbage: svaret {answers} afvises. {messages}",
    "training.and": " og ",
    "training.no-code": "uden kode",
    "training.unknown-member": "feltet kendes ikke.",
    "training.similar-codes": "Mente du {codes}?",
    "training.correct-code": "Ret koden.",
    "training.list-of-rules": "Navnene står på GET /v1/rules.",
}
