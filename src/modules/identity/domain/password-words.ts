/**
 * Words that passwords are made of when nobody thinks about it; our own list. A password is refused when it is one of them
 * with figures or signs before or behind it, in any case, and with figures in place of letters (p@ssw0rd).
 */
const ENGLISH = `
password passwort passwd passcode passphrase pass password1 mypassword newpassword oldpassword yourpassword thepassword
userpassword adminpassword rootpassword changeme changeit changethis pleasechange letmein letmeinnow openup opensesame
welcome welcomeback welcomehome hello helloworld hellohello goodbye goodmorning goodnight thankyou please iloveyou
iloveyousomuch loveyou loveme lovelove iloveu forever foreverandever together sweetheart darling princess prince queen king
sunshine rainbow butterfly flower flowers blossom football baseball basketball volleyball badminton tabletennis swimming
monkey dragon tiger lion panda phoenix shadow master mustang superman batman spiderman ironman starwars pokemon minecraft
computer internet keyboard notebook windows microsoft google android iphone samsung huawei xiaomi lenovo alibaba tencent
admin admins administrator administrators adminadmin superadmin sysadmin systemadmin root rootroot toor superuser
user users username useruser guest guestguest tester test testtest testing testaccount testuser demo demodemo example
default defaultpassword temp temppass temporary temporarypassword initial initialpassword reset resetpassword secret
secrets topsecret mysecret confidential private security secure secured access accessdenied login loginlogin logmein signin
database postgres postgresql mysql oracle sqlserver server servers manager management office officer director
archive archives archivist archiving archivesystem archiveadmin digitalarchive digitalarchives nationalarchive records
recordsoffice recordkeeper library librarian document documents catalogue catalog lantai lantaiadmin lantaiarchive
monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
october november december spring summer autumn winter christmas birthday happybirthday newyear happynewyear holiday
freedom liberty justice nothing something everything whatever whoknows noidea dontknow forgotten iforgot remember
trustnoone blink hunter killer hacker ninja samurai soldier warrior champion winner lucky luckyday
money moneymoney dollar diamond gold golden silver platinum crystal mountain river ocean beach island garden forest
mother father brother sister family friends bestfriend teacher student school university college hospital police
china chinese beijing shanghai guangzhou shenzhen hongkong taiwan taipei macau wuhan chengdu nanjing hangzhou tianjin
abcdef abcdefg abcdefgh abcabc abcd aabbcc aaabbb abc xyz asdf qwer zxcv qwerty qwertyuiop asdfgh asdfghjkl zxcvbnm
azerty qwertz dvorak correcthorsebatterystaple thequickbrownfox loremipsum foobar foobarbaz
`;

const PINYIN = `
mima wodemima mimamima xinmima jiumima guanliyuan guanli xitong xitongguanliyuan chaojiguanliyuan yonghu yonghuming denglu
ceshi ceshizhanghao moren morenmima chushimima linshi linshimima zhanghao anquan baomi jimi juemi mimi
dangan danganguan danganju danganshi danganxitong danganguanli danganguanliyuan danganyuan dananguan shuzidangan
shuzidanganguan xiandangan xiandanganguan shidanganguan shengdanganguan wenshu wenshuchu bangongshi bangong jiguan danwei
woaini woaininima woainio woaiwojia woaizhongguo woaibeijing woaidangan aini ainiwoaini nihao nihaonihao nihaoma dajiahao
huanying huanyingguanglin xiexie zaijian zaoshanghao wanan zhongguo zhongguoren zhonghua zhonghuaren gongheguo renmin
renminwansui beijing beijinghuanyingni shanghai tianjin chongqing guangdong guangzhou shenzhen jiangsu nanjing zhejiang
hangzhou shandong jinan sichuan chengdu hubei wuhan hunan changsha henan zhengzhou hebei shijiazhuang liaoning shenyang
jilin changchun heilongjiang haerbin shanxi taiyuan xian shaanxi gansu lanzhou qinghai xining ningxia yinchuan xinjiang
wulumuqi xizang lasa yunnan kunming guizhou guiyang guangxi nanning hainan haikou fujian fuzhou xiamen jiangxi nanchang
anhui hefei neimenggu huhehaote xianggang aomen taiwan taibei shiqiao qinglan yunjiang
zhangsan lisi wangwu zhaoliu xiaoming xiaohong laowang laoli laozhang zhangwei wangwei liwei wangfang lina liuyang
baobei qinaide laopo laogong laoshi xuesheng pengyou haopengyou jiaren mama baba yeye nainai gege jiejie didi meimei
kuaile shengrikuaile xinniankuaile chunjiekuaile gongxifacai facai facaile wanshiruyi jixiangruyi yilushunfeng yilufa
pinganxi pingan pinganfu xingfu xingfude jiayou zhongguojiayou nuli fendou shengli chenggong haohaoxuexi tiantianxiangshang
xiaokeai dashabi shagua bendan tiancai dalao niubi caonima nimade tamade wocao haha hahaha hehe heihei xixi lalala
yuandan chunjie qingming duanwu zhongqiu guoqing guoqingjie chongyang dongzhi xiazhi lixia liqiu
jintian mingtian zuotian xingqiyi xingqier xingqisan xingqisi xingqiwu xingqiliu xingqitian yiyue eryue sanyue siyue
wuliuqi yiersan yiersansi yiersansiwu sanersan babababa wuliuqibajiu
`;

const HAN = `
密码 我的密码 密碼 我的密碼 管理员 管理員 系统管理员 系統管理員 超级管理员 超級管理員 档案 檔案 档案馆 檔案館 县档案馆 市档案馆 省档案馆
兰台 蘭台 数字档案馆 數位檔案館 办公室 辦公室 我爱你 我愛你 我爱中国 我愛中國 中国 中國 北京 上海 欢迎 歡迎 你好 生日快乐 生日快樂
新年快乐 新年快樂 恭喜发财 恭喜發財 万事如意 萬事如意 一二三四五 一二三四五六七八九十 天地玄黄 天地玄黃 春夏秋冬 东南西北 東南西北
`;

/** Whole passwords without a word in them that are met again and again. */
const WHOLE = `
5201314520 1314520520 5201314 52013145201314 1314520 7758521 7758258 3344520 1688168816 8888666688 6666688888
1234512345 1231231231 1122334455 1020304050 1357924680 2468013579 9876512345 0987612345 1029384756 147258369 1472583690
3691472580 9638527410 1593574560 1597534560 a1b2c3d4e5 a1b2c3d4e5f6 1a2b3c4d5e 1a2b3c4d5e6f q1w2e3r4t5 q1w2e3r4t5y6
1q2w3e4r5t 1q2w3e4r5t6y z1x2c3v4b5 zaq12wsxcde3 zaq1xsw2cde3 zaq1zaq1zaq1 qwe123qwe123 asd123asd123 abc123abc123
aa123456aa a123456789 aa12345678 ab12345678 abc1234567 abcd123456 qq123456789 wx123456789 woaini1314 woaini520
woaini5201314 iloveyou520 iloveyou1314 admin12345 admin123456 root123456 test123456 user123456 gl123456789 da123456789
`;

const words = (text: string) => text.trim().split(/\s+/);

export const OBVIOUS_WORDS: ReadonlySet<string> = new Set(words([ENGLISH, PINYIN, HAN].join(' ')));
export const OBVIOUS_WHOLE: ReadonlySet<string> = new Set(words(WHOLE));
