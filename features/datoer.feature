# language: da
Egenskab: Kontaktens egen dato afgør, hvilke regler der gælder
  Et forløb gælder fra sin startdato. Før den kræves der intet, og fra den dag gælder kodepligten.
  Startdatoerne er fra EKM's gå-hjem-møde sidst i 2024 og er ubekræftede.

  Regel: Dagen før forløbets start kræves der ingen kode

    Abstrakt Scenario: Dagen før starten på et forløb i speciale 51
      Givet en kontakt i speciale 51 den <dagen før>
      Og forløbet er "<forløb>"
      Når kontakten gemmes
      Så er den eneste bemærkning, at kontakten ligger før forløbets start
      Og bemærkningen er en oplysning
      Og bemærkningen gemmes kun som data
      Og der foreslås ikke noget andet

      Eksempler:
        | forløb                              | dagen før          |
        | Nerverodspåvirkning, cervikal       | 31. marts 2025     |
        | Nerverodspåvirkning, lumbal         | 31. marts 2025     |
        | Lumbal spinal stenose               | 31. marts 2025     |
        | Artrose i knæ                       | 31. marts 2025     |
        | Artrose i hofte                     | 31. marts 2025     |
        | Smerter i lænderyg                  | 30. september 2025 |
        | Artrose i knæ og hofte              | 31. marts 2025     |
        | Nerverodspåvirkning i lænd og nakke | 31. marts 2025     |

    Abstrakt Scenario: Dagen før starten er enhver hoveddiagnose i orden
      Givet en kontakt i speciale 51 den <dagen før>
      Og forløbet er "<forløb>"
      Og hoveddiagnosen er L92
      Når kontakten gemmes
      Så er den eneste bemærkning, at kontakten ligger før forløbets start

      Eksempler:
        | forløb                | dagen før          |
        | Artrose i knæ         | 31. marts 2025     |
        | Lumbal spinal stenose | 31. marts 2025     |
        | Smerter i lænderyg    | 30. september 2025 |

    Abstrakt Scenario: Dagen før starten på et forløb i speciale 62
      Givet en kontakt i speciale 62 den <dagen før>
      Og forløbet er "<forløb>"
      Når kontakten gemmes
      Så er den eneste bemærkning, at kontakten ligger før forløbets start
      Og reglen er ubekræftet

      Eksempler:
        | forløb              | dagen før         |
        | Sklerose            | 31. december 2023 |
        | Parkinson           | 31. december 2024 |
        | Følger efter stroke | 31. december 2025 |
        | Kronisk leddegigt   | 31. december 2026 |

  Regel: Fra startdatoen gælder kodepligten i speciale 51

    Abstrakt Scenario: På startdatoen og dagen efter mangler hoveddiagnosen
      Givet en kontakt i speciale 51 den <dag>
      Og forløbet er "<forløb>"
      Når kontakten gemmes
      Så er den eneste bemærkning, at hoveddiagnosen mangler
      Og kontakten er bedømt efter reglerne den <dag>

      Eksempler: Startdatoen
        | forløb                              | dag             |
        | Nerverodspåvirkning, cervikal       | 1. april 2025   |
        | Nerverodspåvirkning, lumbal         | 1. april 2025   |
        | Lumbal spinal stenose               | 1. april 2025   |
        | Artrose i knæ                       | 1. april 2025   |
        | Artrose i hofte                     | 1. april 2025   |
        | Smerter i lænderyg                  | 1. oktober 2025 |
        | Artrose i knæ og hofte              | 1. april 2025   |
        | Nerverodspåvirkning i lænd og nakke | 1. april 2025   |

      Eksempler: Dagen efter
        | forløb                              | dag             |
        | Nerverodspåvirkning, cervikal       | 2. april 2025   |
        | Nerverodspåvirkning, lumbal         | 2. april 2025   |
        | Lumbal spinal stenose               | 2. april 2025   |
        | Artrose i knæ                       | 2. april 2025   |
        | Artrose i hofte                     | 2. april 2025   |
        | Smerter i lænderyg                  | 2. oktober 2025 |
        | Artrose i knæ og hofte              | 2. april 2025   |
        | Nerverodspåvirkning i lænd og nakke | 2. april 2025   |

    Abstrakt Scenario: På startdatoen nævnes det ikke længere, at kontakten ligger før
      Givet en kontakt i speciale <speciale> den <startdato>
      Og forløbet er "<forløb>"
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at kontakten ligger før forløbets start

      Eksempler:
        | speciale | forløb                | startdato       |
        | 51       | Artrose i knæ         | 1. april 2025   |
        | 51       | Lumbal spinal stenose | 1. april 2025   |
        | 51       | Smerter i lænderyg    | 1. oktober 2025 |
        | 62       | Følger efter stroke   | 1. januar 2026  |

  Regel: Fra startdatoen opsamles diagnosen fra henvisningen i speciale 62

    Abstrakt Scenario: På startdatoen og dagen efter opsamles diagnosen
      Givet en kontakt i speciale 62 den <dag>
      Og forløbet er "<forløb>"
      Og fasen er <fase>
      Når kontakten gemmes
      Så er den eneste bemærkning, at diagnosen opsamles fra henvisningen

      Eksempler: Startdatoen
        | forløb              | fase        | dag            |
        | Sklerose            | 1           | 1. januar 2024 |
        | Parkinson           | 1           | 1. januar 2025 |
        | Følger efter stroke | ikke oplyst | 1. januar 2026 |
        | Kronisk leddegigt   | ikke oplyst | 1. januar 2027 |

      Eksempler: Dagen efter
        | forløb              | fase        | dag            |
        | Sklerose            | 1           | 2. januar 2024 |
        | Parkinson           | 1           | 2. januar 2025 |
        | Følger efter stroke | ikke oplyst | 2. januar 2026 |
        | Kronisk leddegigt   | ikke oplyst | 2. januar 2027 |

  Regel: Dagen, hvor der tastes, betyder intet

    Scenarie: En gammel kontakt rettes længe efter, at forløbet er begyndt
      Givet en kontakt i speciale 51 den 15. marts 2025
      Og forløbet er "Artrose i knæ"
      Og kontakten er tidligere gemt med hoveddiagnosen L15
      Og hoveddiagnosen er L15
      Når kontakten gemmes
      Så er den eneste bemærkning, at kontakten ligger før forløbets start
      Og kontakten er bedømt efter reglerne den 15. marts 2025

    Scenarie: En kontakt med en dato længere fremme bedømmes efter reglerne på den dag
      Givet en kontakt i speciale 62 den 1. februar 2031
      Og forløbet er "Kronisk leddegigt"
      Når kontakten gemmes
      Så er den eneste bemærkning, at diagnosen opsamles fra henvisningen
      Og kontakten er bedømt efter reglerne den 1. februar 2031

    Abstrakt Scenario: Et forløb, der er begyndt, tager ikke et andet med sig
      Givet en kontakt i speciale 51 den 15. april 2025
      Og forløbet er "<forløb>"
      Når kontakten gemmes
      Så er den eneste bemærkning, at <bemærkning>

      Eksempler:
        | forløb             | bemærkning                           |
        | Artrose i knæ      | hoveddiagnosen mangler               |
        | Smerter i lænderyg | kontakten ligger før forløbets start |
