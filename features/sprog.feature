# language: da
Egenskab: Svaret er på dansk, eller på det sprog, systemet beder om
  Dansk er standard. Engelsk findes til alle tekster. De faste tekster findes også på svensk;
  en regel, der ikke har en svensk tekst, svarer på dansk.

  Regel: Faste tekster findes på alle tre sprog

    Scenarie: Systemet beder ikke om noget sprog
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Når kontakten gemmes
      Så er den eneste bemærkning, at hoveddiagnosen mangler
      Og bemærkningen begynder med "Hoveddiagnosen mangler. Forløbet Artrose i knæ"

    Abstrakt Scenario: Systemet beder om et sprog
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Og systemet beder om svar på <sprog>
      Når kontakten gemmes
      Så er den eneste bemærkning, at hoveddiagnosen mangler
      Og bemærkningen begynder med "<tekst>"

      Eksempler:
        | sprog   | tekst                                          |
        | dansk   | Hoveddiagnosen mangler. Forløbet Artrose i knæ |
        | engelsk | The main diagnosis is missing                  |
        | svensk  | Huvuddiagnosen saknas                          |

      Eksempler: Et sprog, der ikke findes, giver dansk
        | sprog | tekst                                          |
        | tysk  | Hoveddiagnosen mangler. Forløbet Artrose i knæ |

  Regel: Reglernes egne tekster findes på dansk og engelsk

    Abstrakt Scenario: En regels tekst
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er L84
      Og det er noteret, at smerten stråler ud
      Og systemet beder om svar på <sprog>
      Når kontakten gemmes
      Så er den eneste bemærkning, at koden ikke passer til udstrålingen
      Og bemærkningen begynder med "<tekst>"

      Eksempler:
        | sprog   | tekst                         |
        | dansk   | L84 er uden smerteudstråling  |
        | engelsk | L84 is without radiating pain |
        | svensk  | L84 er uden smerteudstråling  |
        | tysk    | L84 er uden smerteudstråling  |

  Regel: Kodernes navne følger sproget

    Abstrakt Scenario: Forslagets navn
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Og systemet beder om svar på <sprog>
      Når kontakten gemmes
      Så er den eneste bemærkning, at hoveddiagnosen mangler
      Og forslaget hedder "<navn>"

      Eksempler:
        | sprog   | navn                       |
        | dansk   | Artrose i knæet            |
        | engelsk | Osteoarthritis of the knee |
        | svensk  | Artrose i knæet            |

  Regel: Også en afvisning er på systemets sprog

    Abstrakt Scenario: Kaldet afvises
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og der står "010190-1234" i kontaktens nøgle
      Og systemet beder om svar på <sprog>
      Når kontakten gemmes
      Så afvises kaldet med teksten "<tekst>"

      Eksempler:
        | sprog   | tekst                  |
        | dansk   | Forespørgslen har fejl |
        | engelsk | The request has errors |
        | svensk  | Begäran har fel        |
        | tysk    | Forespørgslen har fejl |
