# language: da
Egenskab: En case lærer at kode efter de regler, der gælder
  Svaret på en case bedømmes af de samme regler som en kontakt i klinikken. Tilbagemeldingen er den, som journalsystemet ville have
  vist, og begrundelsen for det rigtige svar. Før man selv har svaret, vises intet af det.

  Regel: Facit vises først efter et svar

    Scenarie: Casen røber ikke sit svar
      Givet casen "Smerter på trapper"
      Når casen læses
      Så står hverken facit, begrundelse eller de nære svar i den

    Scenarie: Efter svaret vises facit og hvorfor
      Givet casen "Smerter på trapper"
      Når der svares med L15 som hoveddiagnose
      Så er facit L90 som hoveddiagnose
      Og begrundelsen er casens egen
      Og svaret forklares med "L15 er et symptom fra knæet uden stillet diagnose."

    Scenarie: Det, der ville afgøre koden, vises først efter svaret
      Givet casen "Smerter på trapper"
      Når casen læses
      Så står de berørte led ikke i den
      Når der svares med L90 som hoveddiagnose
      Så står de berørte led i svaret

  Regel: Hoveddiagnosen giver point efter, hvor tæt den er på facit

    Abstrakt Scenario: Point for svaret
      Givet casen "<case>"
      Når der svares med <svar>
      Så giver svaret <point> point

      Eksempler:
        | case                              | svar                                           | point |
        | Smerter på trapper                | L90 som hoveddiagnose                          | 1     |
        | Smerter på trapper                | L90 som bidiagnose                             | 0,75  |
        | Smerter på trapper                | L15 som hoveddiagnose                          | 0,5   |
        | Smerter på trapper                | L92 som hoveddiagnose                          | 0,25  |
        | Smerter på trapper                | N17 som hoveddiagnose                          | 0     |
        | Smerter på trapper                | L90 som hoveddiagnose og L15 som hoveddiagnose | 0     |
        | Smerter på trapper                | ingen koder                                    | 0     |
        | To led på samme side              | L90 som hoveddiagnose og L89 som bidiagnose    | 1     |
        | To led på samme side              | L90 som hoveddiagnose                          | 1     |
        | To led på samme side              | L90 som hoveddiagnose og L89 som hoveddiagnose | 0     |
        | Stive hænder to timer hver morgen | ingen koder                                    | 1     |
        | Stive hænder to timer hver morgen | L88 som hoveddiagnose                          | 1     |

    Abstrakt Scenario: Hvor fasen er det, der spørges om, er det fasen, der giver point
      Givet casen "Organisten"
      Når der svares med <svar> og fase <fase>
      Så giver svaret <point> point

      Eksempler:
        | svar                  | fase | point |
        | ingen koder           | 2    | 1     |
        | ingen koder           | 1    | 0     |
        | N87 som hoveddiagnose | 2    | 1     |
        | N87 som hoveddiagnose | 3    | 0     |

    Scenarie: Mens forløbets koder er under afklaring, er de lige rigtige
      Givet casen "Smerter i begge ben ved gang"
      Når der svares med L84 som hoveddiagnose
      Så giver svaret 1 point

  Regel: Tilbagemeldingen er den, som journalsystemet ville have vist

    Scenarie: En symptomkode på et forløb, der kræver en diagnose
      Givet casen "Smerter på trapper"
      Når der svares med L15 som hoveddiagnose
      Så viser journalsystemet, at hoveddiagnosen ikke hører til forløbet

    Scenarie: En kode fra et andet kodesystem
      Givet casen "Smerter på trapper"
      Når der svares med DM171 som hoveddiagnose
      Så viser journalsystemet, at koden hører til et andet kodesystem

    Scenarie: Et rigtigt svar giver ingen fejl
      Givet casen "Smerter på trapper"
      Når der svares med L90 som hoveddiagnose
      Så viser journalsystemet ingen fejl

  Regel: En case, hvis svar reglerne modsiger, trækkes tilbage

    Scenarie: Casen er skrevet til en udgave, der ikke gælder endnu
      Givet casen "Svar på vej"
      Når casen læses
      Så er den trukket tilbage med en forklaring
