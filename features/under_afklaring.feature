# language: da
Egenskab: Koder, der er under afklaring
  For lumbal spinal stenose og smerter i lænderyg er koden ikke endeligt besluttet.
  Indtil EKM har afgjort det, godtages alle de nævnte koder, og svaret fortæller, hvad de to kilder siger.
  Kilder: EKM, gå-hjem-møde, sidst i 2024, og EKM's side om diagnosekodning (begge ubekræftede).

  Regel: Alle de nævnte koder godtages

    Abstrakt Scenario: Koden godtages med en oplysning
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "<forløb>"
      Og hoveddiagnosen er <kode>
      Når kontakten gemmes
      Så er den eneste bemærkning, at forløbets kode er under afklaring
      Og bemærkningen er en oplysning
      Og bemærkningen vises for klinikeren
      Og bemærkningen gælder <kode>
      Og der foreslås ikke noget andet
      Og reglen er under afklaring
      Og kilden er "EKM, gå-hjem-møde"
      Og kontakten kan sendes videre
      Og den samlede vurdering er oplysning

      Eksempler:
        | forløb                | kode |
        | Lumbal spinal stenose | L84  |
        | Lumbal spinal stenose | L86  |
        | Smerter i lænderyg    | L84  |
        | Smerter i lænderyg    | L86  |
        | Smerter i lænderyg    | L03  |

  Regel: Forklaringen siger, hvad der står hvor, og at EKM afgør det

    Scenarie: Lumbal spinal stenose
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Lumbal spinal stenose"
      Og hoveddiagnosen er L86
      Når kontakten gemmes
      Så er den eneste bemærkning, at forløbets kode er under afklaring
      Og forklaringen siger "EKM's oplæg fra 2024 siger L84 eller L86 og kalder det under afklaring."
      Og forklaringen siger "EKM's side om diagnosekodning nævner også L84 eller L86."
      Og forklaringen siger "EKM afgør det"

    Scenarie: Smerter i lænderyg
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Smerter i lænderyg"
      Og hoveddiagnosen er L03
      Når kontakten gemmes
      Så er den eneste bemærkning, at forløbets kode er under afklaring
      Og forklaringen siger "EKM's oplæg fra 2024 siger L84 eller L86 og kalder det under afklaring."
      Og forklaringen siger "EKM's side om diagnosekodning nævner senere L03."
      Og forklaringen siger "EKM afgør det"

  Regel: En kode uden for de nævnte er stadig en fejl

    Scenarie: L03 er ikke nævnt for lumbal spinal stenose
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Lumbal spinal stenose"
      Og hoveddiagnosen er L03
      Når kontakten gemmes
      Så er den eneste bemærkning, at hoveddiagnosen ikke hører til forløbet
      Og det foreslås at skifte til L84 eller L86
      Og reglen er under afklaring

    Scenarie: L83 er ikke nævnt for smerter i lænderyg
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Smerter i lænderyg"
      Og hoveddiagnosen er L83
      Når kontakten gemmes
      Så er den eneste bemærkning, at hoveddiagnosen ikke hører til forløbet
      Og det foreslås at skifte til L84, L86 eller L03

  Regel: Intet andet taler imod en kode, som forløbet selv nævner

    Scenarie: L03 er en symptomkode, men er rigtig på forløbet, også efter mange kontakter
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Smerter i lænderyg"
      Og hoveddiagnosen er L03
      Og det er kontakt nummer 12 i forløbet
      Når kontakten gemmes
      Så er den eneste bemærkning, at forløbets kode er under afklaring

    Abstrakt Scenario: Udstrålingen afgør ikke koden, mens den er under afklaring
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "<forløb>"
      Og hoveddiagnosen er <kode>
      Og det er noteret, at smerten <udstråling>
      Når kontakten gemmes
      Så er den eneste bemærkning, at forløbets kode er under afklaring

      Eksempler:
        | forløb                | kode | udstråling      |
        | Lumbal spinal stenose | L84  | stråler ud      |
        | Lumbal spinal stenose | L86  | ikke stråler ud |
        | Smerter i lænderyg    | L84  | stråler ud      |
        | Smerter i lænderyg    | L86  | ikke stråler ud |

  Regel: Hvor koden ligger fast, eller intet kræves, siges der intet om afklaring

    Abstrakt Scenario: Forløb, hvis kode ligger fast
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "<forløb>"
      Og hoveddiagnosen er <kode>
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at forløbets kode er under afklaring
      Og der er ingen bemærkninger

      Eksempler:
        | forløb                      | kode |
        | Nerverodspåvirkning, lumbal | L86  |
        | Artrose i knæ               | L90  |

    Scenarie: Før forløbets start
      Givet en kontakt i speciale 51 den 30. september 2025
      Og forløbet er "Smerter i lænderyg"
      Og hoveddiagnosen er L84
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at forløbets kode er under afklaring
      Men den eneste bemærkning er, at kontakten ligger før forløbets start

    Scenarie: Uden forløb
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er L84
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at forløbets kode er under afklaring
      Og der er ingen bemærkninger

    Scenarie: En af koderne står allerede ved en tidligere kontakt
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Smerter i lænderyg"
      Og en tidligere kontakt i forløbet har hoveddiagnosen L84
      Når kontakten gemmes
      Så er der ingen bemærkninger
