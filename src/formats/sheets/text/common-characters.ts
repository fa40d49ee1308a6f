/**
 * Characters met so often in catalogues and office papers that real text is full of them and wrongly decoded
 * text is not. Used only to tell GB18030 from Big5 from Western encodings.
 */
const SIMPLIFIED =
  '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里' +
  '用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日' +
  '军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应向头文体政美相' +
  '见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水' +
  '名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管' +
  '期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设' +
  '式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运题档案号卷件责' +
  '任者密级备注保管限永久县乡镇村委办厅局处室省机构全宗页册编归立类稿批复请示函决定通知意见总结计划统计' +
  '表会议纪要干部任免农林水利财税卫生体育公安民政党组织宣传群众团妇联';

const TRADITIONAL =
  '的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡' +
  '用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心本前開但因只從想實日' +
  '軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應向頭文體政美相' +
  '見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水' +
  '名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管' +
  '期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設' +
  '式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運題檔案號卷件責' +
  '任者密級備註保管限永久縣鄉鎮村委辦廳局處室省機構全宗頁冊編歸立類稿批復請示函決定通知意見總結計劃統計' +
  '表會議紀要幹部任免農林水利財稅衛生體育公安民政黨組織宣傳群眾團婦聯臺灣府總督';

const PUNCTUATION = '，。、：；？！（）《》“”‘’「」『』—…·　０１２３４５６７８９〇';

const COMMON = new Set(SIMPLIFIED + TRADITIONAL + PUNCTUATION);

/** How much of the non-ASCII part of a text is common Chinese, 0 to 1; characters that decode to nothing count against. */
export function chineseness(text: string): number {
  let all = 0;
  let common = 0;
  for (const character of text) {
    if (character < '\u0080') continue;
    all++;
    if (COMMON.has(character)) common++;
    else if (character === '\uFFFD' || (character >= '\uE000' && character <= '\uF8FF')) common -= 2;
  }
  return all === 0 ? 0 : common / all;
}
