# language: da
Egenskab: Kladden ekm-2025-06 følger EKM's side om diagnosekodning
  Den gældende udgave, ekm-2024-11, følger EKM's gå-hjem-møde fra slutningen af 2024. EKM's side om diagnosekodning er udateret og siger
  noget andet om nogle af forløbene. Kladden samler det, så EKM kan se forskellen, før noget bliver besluttet. Alt i den er ubekræftet.

  Regel: Smerter i lænderyg er L03 alene

    Abstrakt Scenario: Koderne ved lænderyg i de to udgaver
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Smerter i lænderyg"
      Og hoveddiagnosen er <kode>
      Når kontakten bedømmes efter begge udgaver
      Så siger den gældende udgave <gældende>
      Og kladden siger <kladde>

      Eksempler:
        | kode | gældende                                  | kladde                                    |
        | L03  | at forløbets kode er under afklaring      | intet                                     |
        | L84  | at forløbets kode er under afklaring      | at hoveddiagnosen ikke hører til forløbet |
        | L86  | at forløbets kode er under afklaring      | at hoveddiagnosen ikke hører til forløbet |
        | L02  | at hoveddiagnosen ikke hører til forløbet | at forløbet er begyndt med en symptomkode |
        | L92  | at hoveddiagnosen ikke hører til forløbet | at hoveddiagnosen ikke hører til forløbet |

    Scenarie: Kun L03 foreslås
      Givet at kladden "ekm-2025-06" er gjort gældende
      Og en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Smerter i lænderyg"
      Og hoveddiagnosen er L84
      Når kontakten gemmes
      Så er den eneste bemærkning, at hoveddiagnosen ikke hører til forløbet
      Og det foreslås at skifte til L03
      Og kilden er "EKM, side om diagnosekodning"
      Og reglen er ubekræftet

  Regel: Lumbal spinal stenose er L84 eller L86, og der er ikke længere noget under afklaring

    Abstrakt Scenario: Koderne ved stenose i de to udgaver
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Lumbal spinal stenose"
      Og hoveddiagnosen er <kode>
      Når kontakten bedømmes efter begge udgaver
      Så siger den gældende udgave <gældende>
      Og kladden siger <kladde>

      Eksempler:
        | kode | gældende                                  | kladde                                    |
        | L84  | at forløbets kode er under afklaring      | intet                                     |
        | L86  | at forløbets kode er under afklaring      | intet                                     |
        | L03  | at hoveddiagnosen ikke hører til forløbet | at forløbet er begyndt med en symptomkode |
        | L83  | at hoveddiagnosen ikke hører til forløbet | at hoveddiagnosen ikke hører til forløbet |

  Regel: Forløbene gælder også speciale 57

    Abstrakt Scenario: Samme kontakt i speciale 57
      Givet en kontakt i speciale 57 den 14. oktober 2025
      Og forløbet er "<forløb>"
      Når kontakten bedømmes efter begge udgaver
      Så siger den gældende udgave, at forløbet hører til et andet speciale
      Og kladden siger, at hoveddiagnosen mangler

      Eksempler:
        | forløb                              |
        | Nerverodspåvirkning, cervikal       |
        | Nerverodspåvirkning, lumbal         |
        | Lumbal spinal stenose               |
        | Artrose i knæ                       |
        | Artrose i hofte                     |
        | Smerter i lænderyg                  |
        | Artrose i knæ og hofte              |
        | Nerverodspåvirkning i lænd og nakke |

    Scenarie: Speciale 62 hører stadig ikke med
      Givet en kontakt i speciale 62 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Når kontakten bedømmes efter begge udgaver
      Så siger den gældende udgave, at forløbet hører til et andet speciale
      Og kladden siger, at forløbet hører til et andet speciale

  Regel: Der er kodepligt på alle forløbene fra den 30. juni 2025, hvor dataaftalen tidligst kunne underskrives

    Abstrakt Scenario: Dagene omkring starten
      Givet en kontakt i speciale 51 den <dag>
      Og forløbet er "<forløb>"
      Når kontakten bedømmes efter begge udgaver
      Så siger den gældende udgave <gældende>
      Og kladden siger <kladde>

      Eksempler:
        | forløb                              | dag             | gældende                                | kladde                                  |
        | Artrose i knæ                       | 31. marts 2025  | at kontakten ligger før forløbets start | at kontakten ligger før forløbets start |
        | Artrose i knæ                       | 1. april 2025   | at hoveddiagnosen mangler               | at kontakten ligger før forløbets start |
        | Artrose i hofte                     | 29. juni 2025   | at hoveddiagnosen mangler               | at kontakten ligger før forløbets start |
        | Artrose i hofte                     | 30. juni 2025   | at hoveddiagnosen mangler               | at hoveddiagnosen mangler               |
        | Artrose i knæ og hofte              | 29. juni 2025   | at hoveddiagnosen mangler               | at kontakten ligger før forløbets start |
        | Nerverodspåvirkning, cervikal       | 29. juni 2025   | at hoveddiagnosen mangler               | at kontakten ligger før forløbets start |
        | Nerverodspåvirkning, lumbal         | 29. juni 2025   | at hoveddiagnosen mangler               | at kontakten ligger før forløbets start |
        | Nerverodspåvirkning i lænd og nakke | 29. juni 2025   | at hoveddiagnosen mangler               | at kontakten ligger før forløbets start |
        | Lumbal spinal stenose               | 29. juni 2025   | at hoveddiagnosen mangler               | at kontakten ligger før forløbets start |
        | Smerter i lænderyg                  | 29. juni 2025   | at kontakten ligger før forløbets start | at kontakten ligger før forløbets start |
        | Smerter i lænderyg                  | 30. juni 2025   | at kontakten ligger før forløbets start | at hoveddiagnosen mangler               |
        | Smerter i lænderyg                  | 1. oktober 2025 | at hoveddiagnosen mangler               | at hoveddiagnosen mangler               |

  Regel: Resten er som før

    Abstrakt Scenario: Forløb, hvis kode ikke er ændret
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "<forløb>"
      Og hoveddiagnosen er <kode>
      Når kontakten bedømmes efter begge udgaver
      Så siger den gældende udgave intet
      Og kladden siger intet

      Eksempler:
        | forløb                              | kode |
        | Nerverodspåvirkning, cervikal       | L83  |
        | Nerverodspåvirkning, lumbal         | L86  |
        | Artrose i knæ                       | L90  |
        | Artrose i hofte                     | L89  |
        | Artrose i knæ og hofte              | L89  |
        | Artrose i knæ og hofte              | L90  |
        | Nerverodspåvirkning i lænd og nakke | L83  |
        | Nerverodspåvirkning i lænd og nakke | L86  |

    Scenarie: Artrose i både knæ og hofte
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ og hofte"
      Og hoveddiagnoserne er L89 og L90
      Når kontakten bedømmes efter begge udgaver
      Så siger den gældende udgave intet
      Og kladden siger intet

    Scenarie: Vederlagsfri fysioterapi
      Givet en kontakt i speciale 62 den 14. oktober 2025
      Og forløbet er "Parkinson"
      Og fasen er 2
      Når kontakten bedømmes efter begge udgaver
      Så siger den gældende udgave, at diagnosen opsamles fra henvisningen
      Og kladden siger, at diagnosen opsamles fra henvisningen

    Scenarie: De almindelige kontroller
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er L84
      Og det er noteret, at smerten stråler ud
      Når kontakten bedømmes efter begge udgaver
      Så siger den gældende udgave, at koden ikke passer til udstrålingen
      Og kladden siger, at koden ikke passer til udstrålingen

  Regel: En kladde bedømmer ingen kontakter, før den er udgivet

    Scenarie: Et journalsystem beder om kladden
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er L90
      Og systemet beder om udgaven "ekm-2025-06"
      Når kontakten gemmes
      Så afvises kaldet, fordi udgaven ikke er udgivet

    Scenarie: Et journalsystem beder om den gældende udgave
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er L90
      Og systemet beder om udgaven "ekm-2024-11"
      Når kontakten gemmes
      Så er der ingen bemærkninger
