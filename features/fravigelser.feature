# language: da
Egenskab: Klinikeren kan fravige en bemærkning med en begrundelse
  Klinikeren kender patienten. En bemærkning kan derfor fraviges, men den forsvinder ikke:
  den bliver stående med begrundelsen og tæller ikke med i den samlede vurdering.
  En kode, der ikke kan læses, kan ikke fraviges.

  Regel: Med en begrundelse tæller bemærkningen ikke med

    Scenarie: En advarsel fraviges
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er L84
      Og det er noteret, at smerten stråler ud
      Når klinikeren fraviger bemærkningen om, at koden ikke passer til udstrålingen, med begrundelsen "Udstrålingen skyldes hoften"
      Så er den eneste bemærkning, at koden ikke passer til udstrålingen
      Og begrundelsen "Udstrålingen skyldes hoften" står ved bemærkningen
      Og bemærkningen er en advarsel
      Og den samlede vurdering er i orden
      Og kontakten kan sendes videre

    Scenarie: En fejl på et forløb fraviges
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og forløbet er "Artrose i knæ"
      Og hoveddiagnosen er L96
      Når klinikeren fraviger bemærkningen om, at hoveddiagnosen ikke hører til forløbet, med begrundelsen "Følger efter meniskskade"
      Så er den eneste bemærkning, at hoveddiagnosen ikke hører til forløbet
      Og begrundelsen "Følger efter meniskskade" står ved bemærkningen
      Og den samlede vurdering er i orden

    Scenarie: Andre bemærkninger tæller stadig
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er L90
      Og det noterede led er hofte
      Og patientens alder er 17 år
      Når klinikeren fraviger bemærkningen om, at koden ikke passer til det berørte led, med begrundelsen "Knæet er undersøgt tidligere"
      Så er bemærkningerne, de alvorligste først:
        | koden ikke passer til det berørte led |
        | alderen er usædvanlig                 |
      Og den samlede vurdering er oplysning

    Scenarie: Kun den ene af to ens bemærkninger fraviges
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er L89
      Og bidiagnosen er L90
      Og patientens alder er 16 år
      Når klinikeren fraviger kun bemærkningen ved L90 om, at alderen er usædvanlig, med begrundelsen "Set på røntgen"
      Så er kun bemærkningen ved L90 fraveget
      Og den samlede vurdering er oplysning

    Scenarie: En fravigelse, der virker, giver ikke selv en bemærkning
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er L84
      Og det er noteret, at smerten stråler ud
      Når klinikeren fraviger bemærkningen om, at koden ikke passer til udstrålingen, med begrundelsen "Udstrålingen skyldes hoften"
      Så giver kontakten ikke bemærkningen om, at fravigelsen mangler en begrundelse
      Og kontakten giver ikke bemærkningen om, at fravigelsen ikke er mulig
      Og kontakten giver ikke bemærkningen om, at fravigelsen ikke svarer til nogen bemærkning

    Scenarie: En dansk proceskode kan beholdes med en begrundelse
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er A45
      Når klinikeren fraviger bemærkningen om, at koden er en proceskode, med begrundelsen "Kun rådgivning ved denne kontakt"
      Så er den eneste bemærkning, at koden er en proceskode
      Og den samlede vurdering er i orden

    Scenarie: Også en bemærkning til systemleverandøren kan fraviges
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er L92
      Og systemet sender også feltet "forloeb"
      Når klinikeren fraviger bemærkningen om, at systemet har sendt et ukendt felt, med begrundelsen "Systemet er ved at blive rettet"
      Så er den eneste bemærkning, at systemet har sendt et ukendt felt
      Og begrundelsen "Systemet er ved at blive rettet" står ved bemærkningen
      Og den samlede vurdering er i orden

  Regel: Uden en begrundelse har fravigelsen ingen virkning

    Scenarie: Der er ingen begrundelse
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er L84
      Og det er noteret, at smerten stråler ud
      Når klinikeren fraviger bemærkningen om, at koden ikke passer til udstrålingen, uden begrundelse
      Så er bemærkningerne, de alvorligste først:
        | koden ikke passer til udstrålingen |
        | fravigelsen mangler en begrundelse |
      Og en af bemærkningerne er, at koden ikke passer til udstrålingen
      Og bemærkningen er ikke fraveget
      Og den samlede vurdering er advarsel
      Og en af bemærkningerne er, at fravigelsen mangler en begrundelse
      Og bemærkningen er en advarsel
      Og bemærkningen vises for klinikeren

    Scenarie: Begrundelsen er tom
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er L84
      Og det er noteret, at smerten stråler ud
      Når klinikeren fraviger bemærkningen om, at koden ikke passer til udstrålingen, med begrundelsen ""
      Så er bemærkningerne, de alvorligste først:
        | koden ikke passer til udstrålingen |
        | fravigelsen mangler en begrundelse |
      Og den samlede vurdering er advarsel

    Scenarie: Begrundelsen er kun blanktegn
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er L84
      Og det er noteret, at smerten stråler ud
      Når klinikeren fraviger bemærkningen om, at koden ikke passer til udstrålingen, med begrundelsen "   "
      Så er bemærkningerne, de alvorligste først:
        | koden ikke passer til udstrålingen |
        | fravigelsen mangler en begrundelse |
      Og den samlede vurdering er advarsel

  Regel: En kode, der ikke kan sendes videre, kan ikke fraviges

    Abstrakt Scenario: Fravigelsen afvises
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er <kode>
      Når klinikeren fraviger bemærkningen om, at <bemærkning>, med begrundelsen "Koden plejer at virke"
      Så er bemærkningerne, de alvorligste først:
        | <bemærkning>              |
        | fravigelsen ikke er mulig |
      Og en af bemærkningerne er, at <bemærkning>
      Og bemærkningen er ikke fraveget
      Og en af bemærkningerne er, at fravigelsen ikke er mulig
      Og bemærkningen er en advarsel
      Og bemærkningen er til systemleverandøren
      Og kodningen er ikke klar til at blive sendt videre
      Og den samlede vurdering er fejl

      Eksempler:
        | kode  | bemærkning                          |
        | L21   | koden ikke findes                   |
        | M17.1 | koden hører til et andet kodesystem |
        | L57   | koden er en proceskode              |

  Regel: En fravigelse skal svare til en bemærkning

    Abstrakt Scenario: Fravigelsen gælder noget, som kontakten ikke har fået
      Givet en kontakt i speciale 51 den 14. oktober 2025
      Og hoveddiagnosen er L92
      Når systemet sender en fravigelse af <regel>
      Så er den eneste bemærkning, at fravigelsen ikke svarer til nogen bemærkning
      Og bemærkningen er en advarsel
      Og bemærkningen er til systemleverandøren
      Og kontakten kan sendes videre

      Eksempler:
        | regel                       |
        | en regel, der ikke findes   |
        | en regel, der ikke slog til |
