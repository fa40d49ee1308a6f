import type { ImportField } from './fields.ts';

/**
 * What columns are called, by field: Chinese (simplified; traditional is folded), English, the element names of AtoM
 * and ISAD(G), ArchivesSpace, Dublin Core and common lists. Exchange codes come from the field table. `weak` words
 * count only when no better column claims the field.
 */
export const SYNONYMS: Partial<Record<ImportField, { sure: string; weak?: string }>> = {
  title: {
    sure: '题名 文件题名 案卷题名 正题名 卷名 标题 文件标题 案卷标题 档案题名 卷内文件题名 照片题名 题名摘要|title|item title|file title|unit title|record title|dc.title|title proper|main title|unittitle|accession_title|digital_object_title',
    weak: '名称 文件名称 案卷名称 内容 事由 材料名称 文件材料名称 项目名称 档案名称 姓名|name|description|text|text value|caption|subject line|item description|heading|contents|item|content description|accession_content_description',
  },
  referenceCode: {
    sure: '档号 完整档号 新档号 馆编档号 档案号 档案编号 编号档号|reference code|reference number|reference|reference no|ref code|ref no|archival reference|call number|call no|finding aid reference|finding aid reference raw|unitid|unit id|component unique identifier|component id|catalogue reference',
    weak: '编号 索引号|identifier|item id|dc.identifier|control symbol|accession number|accession_number_1|digital object id|code|item number|signature|shelfmark',
  },
  creator: {
    sure: '责任者 作者 责任人 形成者 发文单位 发文机关 编制单位 形成单位 责任单位 摄影者 立档单位|creator|author|creators|event actors|dc.creator|office of origin|originator|agency|name of creator',
    weak: '单位 来文单位 来文机关|responsible|photographer|people agent header 1',
  },
  docNo: {
    sure: '文号 文件编号 文件号 发文号 发文字号 文件字号 公文文号 原文号|document number|document no|doc no|docno',
  },
  date: {
    sure: '日期 文件日期 成文日期 形成日期 形成时间 成文时间 文件时间 时间 起止日期 起止时间 起止年月 卷内文件起止时间 发文日期 拍摄时间 拍摄日期 年月日|date|dates|event dates|date of creation|creation date|dates of creation|date expression|contents date str|contents date|contents dates|date range|unitdate|dc.date|expression|expression 1|date 1 expression|inclusive dates|document date|date text',
    weak: '收文日期 立卷时间|date created|accession date|accession_accession_date|issued|acquisition date',
  },
  dateFrom: {
    sure: '起始日期 起日期 开始日期 起始时间 开始时间 起始年月 起时间 日期起 最早日期|start date|date from|from date|begin|begin 1|begin date|event start dates|contents start date|start date original|date start|date 1 begin|earliest date',
    weak: '起始年 起 起年|start date formatted|from|start|start year|date_1_begin',
  },
  dateTo: {
    sure: '终止日期 止日期 结束日期 截止日期 终止时间 结束时间 截止时间 终止年月 止时间 日期止 最晚日期|end date|date to|to date|end|end 1|event end dates|contents end date|end date original|date end|date 1 end|latest date',
    weak: '终止年 止 止年|end date formatted|to|end year|date_1_end',
  },
  fondsNo: {
    sure: '全宗号 全宗 全宗编号|fonds number|fonds no|fonds|fonds code|fonds identifier|record group|eadid|ead id|ead',
    weak: '|collection id|collection identifier|resource identifier|collection|series number',
  },
  fondsName: { sure: '全宗名称 全宗名|fonds name|fonds title|name of fonds|resource title|collection title' },
  category: {
    sure: '档案门类 门类 门类代码 档案门类代码 档案类别 档案类型|category|record category',
    weak: '类别|class|resource type',
  },
  year: { sure: '年度 归档年度 年份 形成年度 文件年度|year|filing year|record year', weak: '年|years' },
  retention: {
    sure: '保管期限 保管期 期限 保管年限 保存期限 保管期限代码|retention|retention period|retention code|disposal',
  },
  dept: {
    sure: '机构或问题 机构问题 机构 问题 机构或问题代码 归档部门 归档机构 归档单位 承办部门 所属部门|department|dept|division|office',
    weak: '部门',
  },
  catalogueNo: {
    sure: '目录号 案卷目录号 全宗目录号|catalogue number|catalogue no|catalog number|inventory number',
  },
  volumeNo: { sure: '案卷号 卷号 案卷编号 案卷序号|volume number|volume no|volume|file number|file no' },
  itemNo: {
    sure: '件号 归档文件件号|item no|piece number|piece no',
    weak: '顺序号 卷内顺序号 卷内序号|sequence',
  },
  officeItemNo: { sure: '室编件号|office item number' },
  level: {
    sure: '著录层级 著录级别 层级 级别 著录层次|level|level of description|levelofdescription|description level|hierarchical level',
  },
  classification: {
    sure: '密级 保密级别 秘密等级 文件密级|classification|security classification|secrecy level|security level',
  },
  secrecyTerm: { sure: '保密期限 保密年限|secrecy term' },
  pages: {
    sure: '页数 张数 总页数 文件页数 页次数 卷内页数|pages|page count|number of pages|no of pages|pp|folios|digitised pages',
  },
  accessStatus: {
    sure: '开放标识 开放状态 开放情况 是否开放 开放鉴定 开放与否 控制标识 划控标识 开放审核结果|access status|accessstatus|opening status|access',
    weak: '|publication status|publicationstatus',
  },
  disclosure: { sure: '公开属性 公开标识 是否公开 政府信息公开选项|disclosure' },
  openReason: {
    sure: '延期开放理由 控制理由 不开放理由 延期理由 划控理由|closure reason|reason for closure|reasons',
  },
  openBasis: { sure: '开放审核依据 延期开放依据 划控依据|closure basis' },
  reviewBatch: { sure: '审核批次 开放批次|review batch' },
  genre: {
    sure: '文种 公文种类 文件类型|genre|document type|genre access points|record type',
    weak: '|dc.type|type',
  },
  draft: { sure: '稿本 版本|version|edition' },
  urgency: { sure: '紧急程度 缓急|urgency' },
  mainTo: { sure: '主送 主送单位 主送机关 主送者 收文单位|addressee|recipient|addressed to' },
  copyTo: { sure: '抄送 抄送单位 抄送机关|copied to' },
  subjects: { sure: '主题词 主题|subject|subjects|subject access points|dc.subject|topics' },
  keywords: { sure: '关键词 关键字|keywords|keyword|tags' },
  persons: {
    sure: '人名 人物 姓名索引 当事人 相关人员|names|persons|people|name access points|personal names',
  },
  abstract: {
    sure: '范围和提要 提要 摘要 内容提要 内容摘要 主要内容|scope and content|scopeandcontent|scope|abstract|summary|n scopecontent|scope content|dc.description|scope and contents note',
    weak: '|description',
  },
  classNo: { sure: '分类号 类号 分类 实体分类号|class number|class no|classification number' },
  medium: {
    sure: '载体形态 载体 载体类型 规格|extent|extent and medium|extentandmedium|physical description|container summary',
    weak: '|dc.format|format',
  },
  language: { sure: '语言或文字 语种 文字 语言|language|languages|language of material|dc.language' },
  origin: { sure: '生成方式 形成方式|origin mode' },
  archiveItemNo: { sure: '馆编件号|archive item number' },
  annex: { sure: '附件 附件题名|annex|annexes' },
  fileSize: { sure: '计算机文件大小 文件大小 大小|file size' },
  fileFormat: { sure: '计算机文件格式 文件格式|file format' },
  location: {
    sure: '存址 存放位置 存放地址 存放地点 库位 位置 存储位置 架位|location|shelf location|physical object location|storage location|shelf',
  },
  boxNo: { sure: '盒号 盒 归档盒号 箱号|box|box number|box no|box value|container|top container indicator' },
  microNo: { sure: '缩微号 胶片号|microfilm number|microform number|microfilm' },
  originalLocation: { sure: '原件存放位置|location of originals|locationoforiginals|n originalsloc' },
  copyLocation: { sure: '复制件存放位置|location of copies|locationofcopies|n altformavail' },
  custody: {
    sure: '档案保管沿革 保管沿革|archival history|archivalhistory|custodial history|n custodhist|provenance',
  },
  history: {
    sure: '组织机构沿革 人物生平 机构沿革|administrative history|biographical history|n bioghist|event actor histories',
  },
  arrangement: { sure: '整理情况|arrangement|system of arrangement|n arrangement' },
  destruction: { sure: '销毁情况|destruction' },
  related: {
    sure: '相关著录单元 相关单元 互见号 参见号|related units of description|relatedunitsofdescription|related units|n relatedmaterial|dc.relation',
  },
  describer: {
    sure: '著录者 著录人 录入人 立卷人 整理人|archivist note|archivistnote|described by|cataloguer',
  },
  describedAt: { sure: '著录日期 著录时间 录入日期 录入时间 整理日期|date of description|described on' },
  acquisition: {
    sure: '来源 直接来源|acquisition|immediate source of acquisition or transfer|source of acquisition|immediate source of acquisition|n acqinfo',
  },
  appraisal: { sure: '|appraisal destruction and scheduling|appraisal|n appraisal' },
  accruals: { sure: '|accruals|n accruals' },
  accessConditions: {
    sure: '查阅条件|conditions governing access|accessconditions|access conditions|n accessrestrict',
  },
  reproduction: {
    sure: '|conditions governing reproduction|reproductionconditions|reproduction conditions|conditions governing use|n userestrict',
  },
  physical: { sure: '|physical characteristics|physicalcharacteristics|physical condition|n phystech' },
  findingAids: { sure: '|finding aids|findingaids|other finding aids|n otherfindaid' },
  publications: { sure: '|publication note|publicationnote|bibliography|n bibliography' },
  rules: { sure: '|rules or conventions' },
  note: { sure: '备注 附注 说明 注|note|notes|remarks|general note|generalnote|remark|n odd|comments' },
  sourceId: { sure: '来源编号|legacy id|legacyid|source id|record id|ref id' },
  parentSourceId: {
    sure: '上级来源编号 上级编号 父级编号 上级档号 父级档号 所属案卷 所属案卷档号 案卷级档号 案卷档号 上级|parent id|parentid|source parent id|parent|parent reference code|parent code|parent identifier|dcterms.isPartOf|dc.isPartOf|is part of|parent_id',
  },
  identifiers: { sure: '|identifiers in other systems' },
  formerCodes: {
    sure: '曾用档号 原档号 旧档号 曾用号|former reference code|former reference codes|former reference',
  },
  opensOn: { sure: '开放日期|opens on' },
  embargoUntil: { sure: '封存解除日期|embargo ends on' },
  pageCount: { sure: '图像页数 影像页数|page images' },
  depth: { sure: '层次深度 层次|hierarchy|hierarchical relationship|depth' },
};
