import { describe } from 'vitest';
import { survivesDeath } from './behaviour/death.ts';
import { readsAsItLies } from './behaviour/reading.ts';
import { letsGo } from './behaviour/removal.ts';
import { removesWhole } from './behaviour/removing.ts';
import { takesWhatIsLarge } from './behaviour/size.ts';
import { keepsVersions } from './behaviour/versions.ts';
import { keepsWritersApart } from './behaviour/writers.ts';
import { folderPlaces } from './folderPlace.ts';
import { memoryPlaces } from './memoryPlace.ts';
import { s3Places } from './s3Place.ts';

/** What every store promises, whatever it is made of. */
for (const kind of [folderPlaces('file'), folderPlaces('filesystem'), memoryPlaces, s3Places])
  describe.skipIf(kind.missing !== undefined)(`an OCFL store in ${kind.name}${kind.missing ?? ''}`, () => {
    keepsVersions(kind);
    readsAsItLies(kind);
    keepsWritersApart(kind);
    letsGo(kind);
    survivesDeath(kind);
    removesWhole(kind);
    takesWhatIsLarge(kind);
  });
