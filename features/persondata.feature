# language: da
Egenskab: CPR-numre modtages ikke
  Et CPR-nummer hører aldrig hjemme i et kald til Kodevagt. Står der et, afvises hele kaldet:
  svaret siger, hvor nummeret stod, og gentager det aldrig. Numrene herunder er opdigtede.

  Regel: Kaldet afvises, stedet nævnes, og nummeret gentages ikke

    Abstrakt Scenario: Et CPR-nummer i et kald
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og der står "<nummer>" i <sted>
      Når kontakten gemmes
      Så afvises kaldet med teksten "Forespørgslen har fejl"
      Og svaret peger på <sted>
      Og hverken svaret eller loggen gentager "<nummer>"

      Eksempler: Med bindestreg
        | nummer      | sted                             |
        | 010190-1234 | kontaktens nøgle                 |
        | 010190-1234 | feltet til diagnosekoden         |
        | 010190-1234 | begrundelsen for en fravigelse   |
        | 010190-1234 | et felt, som aftalen ikke kender |
        | 010190-1234 | kaldets adresse                  |
        | 010190-1234 | kaldets sporingsnummer           |

      Eksempler: Ti cifre i træk
        | nummer     | sted                             |
        | 3112651234 | kontaktens nøgle                 |
        | 3112651234 | feltet til diagnosekoden         |
        | 3112651234 | begrundelsen for en fravigelse   |
        | 3112651234 | et felt, som aftalen ikke kender |
        | 3112651234 | kaldets adresse                  |
        | 3112651234 | kaldets sporingsnummer           |

      Eksempler: Skrevet på andre måder
        | nummer          | sted                           |
        | 010190 1234     | kontaktens nøgle               |
        | 010190–1234     | kontaktens nøgle               |
        | 010190 - 1234   | begrundelsen for en fravigelse |
        | 010190.1234     | kontaktens nøgle               |
        | 010190/1234     | kontaktens nøgle               |
        | ０１０１９０１２３４ | kontaktens nøgle               |

      Eksempler: Erstatningsnumre
        | nummer      | sted                           |
        | 610190-1234 | kontaktens nøgle               |
        | 251248-AB12 | kontaktens nøgle               |

      Eksempler: En dato og et klokkeslæt, som ikke kan skelnes fra et CPR-nummer
        | nummer      | sted                           |
        | 120526 1430 | begrundelsen for en fravigelse |

    Scenarie: Et CPR-nummer midt i en begrundelse
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og der står "Se notat for 010190-1234 fra i går" i begrundelsen for en fravigelse
      Når kontakten gemmes
      Så afvises kaldet med teksten "Forespørgslen har fejl"
      Og svaret peger på begrundelsen for en fravigelse
      Og hverken svaret eller loggen gentager "010190-1234"

    Scenarie: Et CPR-nummer som navn på et felt
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og systemet sender også feltet "010190-1234"
      Når kontakten gemmes
      Så afvises kaldet med teksten "Forespørgslen har fejl"
      Og svaret peger på kontakten
      Og hverken svaret eller loggen gentager "010190-1234"

    Abstrakt Scenario: Et CPR-nummer slås op som en kode
      Når systemet slår koden "<nummer>" op
      Så afvises kaldet med teksten "Forespørgslen har fejl"
      Og svaret peger på kaldets adresse
      Og hverken svaret eller loggen gentager "<nummer>"

      Eksempler:
        | nummer      |
        | 010190-1234 |
        | 3112651234  |

  Regel: Andre nøgler er i orden

    Abstrakt Scenario: Nøglen ligner ikke et CPR-nummer
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og der står "<nøgle>" i kontaktens nøgle
      Når kontakten gemmes
      Så er der ingen bemærkninger

      Eksempler: Med et bogstav foran, uden en rigtig dato, eller med en anden længde
        | nøgle            |
        | k0101901234      |
        | k010190-1234     |
        | 9999991234       |
        | 3102901234       |
        | 010190123        |
        | 01019012345      |
        | 42               |
        | 050607 dage      |
        | 020304 OKAY      |
        | ref 240524-L86A  |
        | 9912319999       |
        | 2026-05-12 14:30 |
