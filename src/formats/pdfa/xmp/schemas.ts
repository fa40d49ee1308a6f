/**
 * The schemas that XMP itself defines (XMP Specification of January 2004 for PDF/A-1, of September 2005 for parts 2 and
 * 3), property by property with the type of its value. Types: `text`, `boolean`, `integer`, `real`, `rational`, `date`,
 * `uri`, `struct`, `any`; before it `bag`, `seq`, or `alt`. An asterisk marks what only the later specification has.
 */
export const NS = {
  dc: 'http://purl.org/dc/elements/1.1/',
  xmp: 'http://ns.adobe.com/xap/1.0/',
  pdf: 'http://ns.adobe.com/pdf/1.3/',
  pdfaid: 'http://www.aiim.org/pdfa/ns/id/',
  extension: 'http://www.aiim.org/pdfa/ns/extension/',
  schema: 'http://www.aiim.org/pdfa/ns/schema#',
  property: 'http://www.aiim.org/pdfa/ns/property#',
  type: 'http://www.aiim.org/pdfa/ns/type#',
  field: 'http://www.aiim.org/pdfa/ns/field#',
} as const;

const TABLES: Readonly<Record<string, string>> = {
  [NS.dc]: `contributor bag text, coverage text, creator seq text, date seq date, description alt text, format text,
    identifier text, language bag text, publisher bag text, relation bag text, rights alt text, source text,
    subject bag text, title alt text, type bag text`,
  [NS.xmp]: `Advisory bag text, BaseURL uri, CreateDate date, CreatorTool text, Identifier bag text, MetadataDate date,
    ModifyDate date, Nickname text, Thumbnails alt struct, *Label text, *Rating integer`,
  'http://ns.adobe.com/xap/1.0/rights/': `Certificate uri, Marked boolean, Owner bag text, UsageTerms alt text,
    WebStatement uri`,
  'http://ns.adobe.com/xap/1.0/mm/': `DerivedFrom struct, DocumentID uri, History seq struct, ManagedFrom struct,
    Manager text, ManageTo uri, ManageUI uri, ManagerVariant text, RenditionClass text, RenditionParams text,
    VersionID text, Versions seq struct, LastURL uri, RenditionOf struct, SaveID integer, InstanceID uri,
    OriginalDocumentID uri`,
  'http://ns.adobe.com/xap/1.0/bj/': 'JobRef bag struct',
  'http://ns.adobe.com/xap/1.0/t/pg/': `MaxPageSize struct, NPages integer, *Fonts bag struct, *Colorants seq struct,
    *PlateNames seq text`,
  [NS.pdf]: 'Keywords text, PDFVersion text, Producer text, Trapped any',
  'http://ns.adobe.com/photoshop/1.0/': `AuthorsPosition text, CaptionWriter text, Category text, City text,
    Country text, Credit text, DateCreated date, Headline text, Instructions text, Source text, State text,
    SupplementalCategories any, TransmissionReference text, Urgency integer`,
  'http://ns.adobe.com/tiff/1.0/': `ImageWidth integer, ImageLength integer, BitsPerSample seq integer,
    Compression integer, PhotometricInterpretation integer, Orientation integer, SamplesPerPixel integer,
    PlanarConfiguration integer, YCbCrSubSampling seq integer, YCbCrPositioning integer, XResolution rational,
    YResolution rational, ResolutionUnit integer, TransferFunction seq integer, WhitePoint seq rational,
    PrimaryChromaticities seq rational, YCbCrCoefficients seq rational, ReferenceBlackWhite seq rational,
    DateTime date, ImageDescription alt text, Make text, Model text, Software text, Artist text, Copyright alt text`,
  'http://ns.adobe.com/exif/1.0/': `ExifVersion text, FlashpixVersion text, ColorSpace integer,
    ComponentsConfiguration seq integer, CompressedBitsPerPixel rational, PixelXDimension integer,
    PixelYDimension integer, MakerNote text, UserComment alt text, RelatedSoundFile text, DateTimeOriginal date,
    DateTimeDigitized date, ExposureTime rational, FNumber rational, ExposureProgram integer,
    SpectralSensitivity text, ISOSpeedRatings seq integer, OECF struct, ShutterSpeedValue rational,
    ApertureValue rational, BrightnessValue rational, ExposureBiasValue rational, MaxApertureValue rational,
    SubjectDistance rational, MeteringMode integer, LightSource integer, Flash struct, FocalLength rational,
    SubjectArea seq integer, FlashEnergy rational, SpatialFrequencyResponse struct, FocalPlaneXResolution rational,
    FocalPlaneYResolution rational, FocalPlaneResolutionUnit integer, SubjectLocation seq integer,
    ExposureIndex rational, SensingMethod integer, FileSource integer, SceneType integer, CFAPattern struct,
    CustomRendered integer, ExposureMode integer, WhiteBalance integer, DigitalZoomRatio rational,
    FocalLengthIn35mmFilm integer, SceneCaptureType integer, GainControl integer, Contrast integer,
    Saturation integer, Sharpness integer, DeviceSettingDescription struct, SubjectDistanceRange integer,
    ImageUniqueID text, GPSVersionID text, GPSLatitude text, GPSLongitude text, GPSAltitudeRef integer,
    GPSAltitude rational, GPSTimeStamp date, GPSSatellites text, GPSStatus text, GPSMeasureMode text,
    GPSDOP rational, GPSSpeedRef text, GPSSpeed rational, GPSTrackRef text, GPSTrack rational,
    GPSImgDirectionRef text, GPSImgDirection rational, GPSMapDatum text, GPSDestLatitude text,
    GPSDestLongitude text, GPSDestBearingRef text, GPSDestBearing rational, GPSDestDistanceRef text,
    GPSDestDistance rational, GPSProcessingMethod text, GPSAreaInformation text, GPSDifferential integer`,
  'http://ns.adobe.com/camera-raw-settings/1.0/': `*AutoBrightness boolean, *AutoContrast boolean,
    *AutoExposure boolean, *AutoShadows boolean, *BlueHue integer, *BlueSaturation integer, *Brightness integer,
    *CameraProfile text, *ChromaticAberrationB integer, *ChromaticAberrationR integer, *ColorNoiseReduction integer,
    *Contrast integer, *CropTop real, *CropLeft real, *CropBottom real, *CropRight real, *CropAngle real,
    *CropWidth real, *CropHeight real, *CropUnits integer, *Exposure real, *GreenHue integer,
    *GreenSaturation integer, *HasCrop boolean, *HasSettings boolean, *LuminanceSmoothing integer,
    *RawFileName text, *RedHue integer, *RedSaturation integer, *Saturation integer, *Shadows integer,
    *ShadowTint integer, *Sharpness integer, *Temperature integer, *Tint integer, *ToneCurve seq any,
    *ToneCurveName text, *Version text, *VignetteAmount integer, *VignetteMidpoint integer, *WhiteBalance text`,
  'http://ns.adobe.com/exif/1.0/aux/': '*Lens text, *SerialNumber text',
  'http://ns.adobe.com/xmp/1.0/DynamicMedia/': `*projectRef struct, *videoFrameRate text, *videoFrameSize struct,
    *videoPixelAspectRatio rational, *videoPixelDepth text, *videoColorSpace text, *videoAlphaMode text,
    *videoAlphaPremultipleColor struct, *videoAlphaUnityIsTransparent boolean, *videoCompressor text,
    *videoFieldOrder text, *pullDown text, *audioSampleRate integer, *audioSampleType text, *audioChannelType text,
    *audioCompressor text, *speakerPlacement text, *fileDataRate rational, *tapeName text, *altTapeName text,
    *startTimecode struct, *altTimecode struct, *duration struct, *scene text, *shotName text, *shotDate date,
    *shotLocation text, *logComment text, *markers seq struct, *contributedMedia bag struct,
    *absPeakAudioFilePath uri, *relativePeakAudioFilePath uri, *videoModDate date, *audioModDate date,
    *metadataModDate date, *artist text, *album text, *trackNumber integer, *genre text, *copyright text,
    *releaseDate date, *composer text, *engineer text, *tempo real, *instrument text, *introTime struct,
    *outCue struct, *relativeTimestamp struct, *loop boolean, *numberOfBeats real, *key text, *stretchMode text,
    *timeScaleParams struct, *resampleParams struct, *beatSpliceParams struct, *timeSignature text, *scaleType text`,
  [NS.pdfaid]: 'part integer, amd text, conformance text, *corr text, rev text',
  [NS.extension]: 'schemas any',
};

const SCHEMAS = new Map(
  Object.entries(TABLES).map(([uri, table]) => [
    uri,
    new Map(
      table.split(',').map((entry) => {
        const [name = '', ...type] = entry.trim().split(/\s+/);
        return [name.replace('*', ''), { type: type.join(' '), later: name.startsWith('*') }];
      }),
    ),
  ]),
);

/** The type of a property as its specification defines it; undefined where it defines none. */
export function predefinedType(uri: string, local: string, part: number): string | undefined {
  const found = SCHEMAS.get(uri)?.get(local);
  return found && (!found.later || part > 1) ? found.type : undefined;
}

/** Namespaces the specification knows at all. */
export const isPredefined = (uri: string): boolean => SCHEMAS.has(uri);
