# language: da
Egenskab: Regler, der nævner koder fra en ny udgave
  EKM får at vide, hvilke forløb og regler der nævner en kode, som en ny udgave af et kodesystem ikke har. En kladde, der ændrer noget
  andet, skal ikke vente på, at det er rettet.

  Scenarie: Udgaven mangler en kode, som et forløb nævner
    Når EKM ser på en udgave af SKS fra 1. januar 2027 uden koden DG35
    Så advares der om, at koden DG35 står i forløbet "Sklerose"

  Scenarie: Udgaven har alle koder, som reglerne nævner
    Når EKM ser på en udgave af SKS fra 1. januar 2027 med alle forløbenes koder
    Så er der ingen advarsler om reglerne

  Scenarie: En kladde, der kun ændrer en tekst, kan udgives, når en kode i grundudgaven er udgået
    Givet at en udgave af kataloget fra 1. januar 2027 uden koden L89 er taget ind
    Når EKM udgiver en kladde, der kun ændrer en tekst
    Så er kladden udgivet
