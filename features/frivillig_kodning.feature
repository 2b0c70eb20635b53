# language: da
Egenskab: Uden for kodepligten er kodning frivillig
  Hele ICPC-2 kan bruges. Uden for de strukturerede forløb, og for bidiagnoser overalt, er kodning en mulighed og frivilligt.
  En frivillig kode, der ikke er tastet, giver aldrig en bemærkning.
  Kilde: EKM, gå-hjem-møde, sidst i 2024 (ubekræftet).

  Regel: Uden forløb kræves der ingen kode

    Abstrakt Scenario: En kontakt uden forløb og uden diagnose
      Givet en kontakt i speciale <speciale> den 14. oktober 2025
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at hoveddiagnosen mangler
      Og der er ingen bemærkninger
      Og kontakten kan sendes videre

      Eksempler:
        | speciale |
        | 51       |
        | 57       |
        | 62       |
        | 65       |

    Abstrakt Scenario: Det samme gælder hele tiden
      Givet en kontakt i speciale 51 den <dag>
      Når kontakten gemmes
      Så er der ingen bemærkninger

      Eksempler:
        | dag             |
        | 1. februar 2019 |
        | 31. marts 2025  |
        | 1. april 2025   |
        | 1. oktober 2025 |
        | 1. januar 2030  |

    Scenarie: En kontakt uden forløb kan nøjes med en bidiagnose
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og bidiagnosen er L15
      Når kontakten gemmes
      Så er der ingen bemærkninger

  Regel: Enhver kode i ICPC-2 kan vælges

    Abstrakt Scenario: En kode fra hvert kapitel
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er <kode>
      Når kontakten gemmes
      Så er der ingen bemærkninger

      Eksempler: Et symptom eller en sygdom fra hvert af de 17 kapitler
        | kode |
        | A04  |
        | B80  |
        | D12  |
        | F92  |
        | H86  |
        | K86  |
        | L03  |
        | N01  |
        | P76  |
        | R95  |
        | S77  |
        | T90  |
        | U04  |
        | W78  |
        | X87  |
        | Y77  |
        | Z05  |

    Scenarie: Symptomkoder er lige så gode som sygdomskoder, når der ikke er noget forløb
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er L03
      Og bidiagnosen er L14
      Og det er kontakt nummer 9 i forløbet
      Når kontakten gemmes
      Så er der ingen bemærkninger

  Regel: Bidiagnoser er frivillige, også på forløbene

    Scenarie: Ingen bidiagnose
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Og hoveddiagnosen er L90
      Når kontakten gemmes
      Så er der ingen bemærkninger

    Abstrakt Scenario: Enhver bidiagnose kan stå ved siden af forløbets kode
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Og hoveddiagnosen er L90
      Og bidiagnoserne er <bidiagnoser>
      Når kontakten gemmes
      Så er der ingen bemærkninger

      Eksempler:
        | bidiagnoser     |
        | L15             |
        | L89             |
        | P76             |
        | K86, T90 og L92 |

  Regel: Det, der ikke er oplyst, giver ingen bemærkninger

    Abstrakt Scenario: En kode, der kan modsiges, men hvor intet er noteret
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er <kode>
      Når kontakten gemmes
      Så er der ingen bemærkninger

      Eksempler:
        | kode |
        | L84  |
        | L86  |
        | L89  |
        | L90  |
        | L95  |
        | X76  |
        | Y78  |
        | L15  |
