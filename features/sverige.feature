# language: da
Egenskab: En svensk regelpakke: fysioterapi i Region Värmland
  Kodevagt er ikke bundet til Danmark. I Värmland kodes besøg hos en fysioterapeut (FYS002) i ICD-10-SE og åtgärder i KVÅ.
  Pakken finder det, som regionen selv savner i sine data. Teksterne er på svensk og engelsk.
  Kilde: Region Värmland, nätverksträff vårdval fysioterapi, sidst i 2023 (ubekræftet).

  Regel: Et besøg skal have en hoveddiagnose

    Scenarie: Besøget er slet ikke kodet
      Givet et besøg hos en fysioterapeut i Sverige den 1. februar 2024
      Når kontakten gemmes
      Så er den eneste bemærkning, at besøget mangler en hoveddiagnose
      Og bemærkningen er en fejl
      Og bemærkningen vises for klinikeren
      Og bemærkningen begynder med "Besöket saknar huvuddiagnos."
      Og der foreslås ikke noget andet
      Og kilden er "Region Värmland, nätverksträff vårdval fysioterapi"
      Og reglen er ubekræftet
      Og kontakten kan sendes videre

    Scenarie: Der er kun en bidiagnose
      Givet et besøg hos en fysioterapeut i Sverige den 1. februar 2024
      Og bidiagnosen er M54.5
      Når kontakten gemmes
      Så er den eneste bemærkning, at besøget mangler en hoveddiagnose

    Abstrakt Scenario: Besøget er kodet
      Givet et besøg hos en fysioterapeut i Sverige den 1. februar 2024
      Og hoveddiagnosen er <kode>
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at besøget mangler en hoveddiagnose
      Og der er ingen bemærkninger

      Eksempler: Med og uden punktum, og med Sveriges egne tegn
        | kode   |
        | M54.5  |
        | M545   |
        | R42.9  |
        | F43.8A |

    Scenarie: En kode, der ikke kan læses, er én fejl og ikke to
      Givet et besøg hos en fysioterapeut i Sverige den 1. februar 2024
      Og hoveddiagnosen er M17.7
      Når kontakten gemmes
      Så er den eneste bemærkning, at koden ikke findes
      Og bemærkningen begynder med "Koden M17.7 finns inte i ICD-10-SE."

  Regel: Et besøg skal have mindst én KVÅ-kode

    Scenarie: Der er ingen åtgärder
      Givet et besøg hos en fysioterapeut i Sverige den 1. februar 2024
      Og hoveddiagnosen er M54.5
      Og der er ingen KVÅ-koder
      Når kontakten gemmes
      Så er den eneste bemærkning, at der mangler en KVÅ-kode
      Og bemærkningen er en advarsel
      Og bemærkningen vises for klinikeren
      Og bemærkningen begynder med "Ingen åtgärd är registrerad."

    Scenarie: Åtgärden er kodet
      Givet et besøg hos en fysioterapeut i Sverige den 1. februar 2024
      Og hoveddiagnosen er M54.5
      Og KVÅ-koden er QT006
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at der mangler en KVÅ-kode
      Og der er ingen bemærkninger

    Scenarie: Systemet oplyser intet om åtgärder
      Givet et besøg hos en fysioterapeut i Sverige den 1. februar 2024
      Og hoveddiagnosen er M54.5
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at der mangler en KVÅ-kode

  Regel: En patient med mere end 20 besøg det seneste år skal have en rehabiliteringsplan eller SIP

    Abstrakt Scenario: Antallet af besøg og planen
      Givet et besøg hos en fysioterapeut i Sverige den 1. februar 2024
      Og hoveddiagnosen er M54.5
      Og patienten har haft <besøg> besøg det seneste år og er <plan> plan
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at en patient med mange besøg er uden plan

      Eksempler:
        | besøg | plan |
        | 20    | uden |
        | 21    | med  |
        | 3     | uden |

    Scenarie: Mere end 20 besøg og ingen plan
      Givet et besøg hos en fysioterapeut i Sverige den 1. februar 2024
      Og hoveddiagnosen er M54.5
      Og patienten har haft 21 besøg det seneste år og er uden plan
      Når kontakten gemmes
      Så er den eneste bemærkning, at en patient med mange besøg er uden plan
      Og bemærkningen er en advarsel
      Og bemærkningen begynder med "Patienten har gjort fler än 20 besök det senaste året"

  Regel: Artrose i hofte eller knæ skal være registreret i Artrosregistret

    Abstrakt Scenario: Patienten er ikke registreret
      Givet et besøg hos en fysioterapeut i Sverige den 1. februar 2024
      Og hoveddiagnosen er <kode>
      Og patienten er ikke registreret i noget register
      Når kontakten gemmes
      Så er den eneste bemærkning, at patienten mangler i Artrosregistret
      Og bemærkningen er en advarsel
      Og bemærkningen begynder med "Patienten har artros i höft eller knä"

      Eksempler:
        | kode  |
        | M16.9 |
        | M17.1 |
        | M171  |

    Scenarie: Patienten er registreret
      Givet et besøg hos en fysioterapeut i Sverige den 1. februar 2024
      Og hoveddiagnosen er M17.1
      Og patienten er registreret i artrosregistret
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at patienten mangler i Artrosregistret
      Og der er ingen bemærkninger

    Scenarie: Diagnosen er ikke artrose i hofte eller knæ
      Givet et besøg hos en fysioterapeut i Sverige den 1. februar 2024
      Og hoveddiagnosen er M54.5
      Og patienten er ikke registreret i noget register
      Når kontakten gemmes
      Så giver kontakten ikke bemærkningen om, at patienten mangler i Artrosregistret

  Regel: Koder fra ICPC-2 hører ikke til i et felt for ICD-10-SE

    Scenarie: En kode, som kun ICPC-2 har
      Givet et besøg hos en fysioterapeut i Sverige den 1. februar 2024
      Og hoveddiagnosen er L15
      Når kontakten gemmes
      Så er den eneste bemærkning, at koden hører til et andet kodesystem
      Og det foreslås at skifte til L15
      Og bemærkningen begynder med "L15 är en ICPC-2-kod"
      Og kodningen er ikke klar til at blive sendt videre

  Regel: Teksterne er på svensk, eller på engelsk, hvis systemet beder om det

    Abstrakt Scenario: Systemet beder om et sprog
      Givet et besøg hos en fysioterapeut i Sverige den 1. februar 2024
      Og systemet beder om svar på <sprog>
      Når kontakten gemmes
      Så er den eneste bemærkning, at besøget mangler en hoveddiagnose
      Og bemærkningen begynder med "<tekst>"

      Eksempler:
        | sprog   | tekst                           |
        | svensk  | Besöket saknar huvuddiagnos     |
        | engelsk | The visit has no main diagnosis |
        | dansk   | Besöket saknar huvuddiagnos     |
