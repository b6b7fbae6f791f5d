package dev.plimsoll.runtime.semantic;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// English words by what they do to a question's meaning.
final class Lexicon {
    /// Words that carry no meaning of their own, or ask politely.
    static final Set<String> FILLERS = words(
            """
                    a about actually again all also am an and any anyone are as ask at be been being best can certain could
                    currently did do does doing done each easily either else ever every exactly explain find for get gets getting
                    give go going good got guide guidance had has have having he help her here hey hi his how i if im in info
                    information instructions is it its just kindly know let like list look looking make me method might mine
                    must my myself need needed needs of off on or our out please possible procedure process proper properly
                    quickly quick really right shall she should show simple so some someone somehow step steps such tell than
                    thank thanks that the their them then there these they thing things this those through to try trying up us
                    use using usually very via want was way ways we well were what whats when where which while who whom whose
                    why will wish with within wonder wondering would you your yours from into by over under before after during
                    between against instead because since until per one say says whether true whom happens happen amount number much many person people may""");
    static final Set<String> NEGATIONS = words("""
            not no never none nobody nothing neither nor without cannot cant dont doesnt didnt isnt arent wasnt werent
            wont wouldnt shouldnt couldnt hasnt havent hadnt unable except excluding lacking""");
    /// Words that give what follows a part in the sentence.
    static final Set<String> ROLES = words(
            "from to into onto than by before after over under against with for of on in");
    static final Set<String> BE = words("is are was were be been being am gets get got");
    /// Words before which a noun begins.
    static final Set<String> DETERMINERS = words("a an the my your our his her their this that these those its");
    /// More of them, which ask or count.
    static final Set<String> QUANTIFIERS = words("which many much");
    /// Adjectives among the fillers, which may stand between a determiner and its noun.
    static final Set<String> PALE_ADJECTIVES = words("good best right proper possible certain simple quick easy");
    /// Letters that words of one root begin with, at least.
    private static final int LEAST_ROOT = 5;
    private static final Set<String> ENDINGS = words(
            """
                    e s es d ed er ers or ors ing ings ion ions ation ations tion tions ition itions ment ments ness ly al ally ity
                    ities able ability ance ances ence ences ant ants ent ents ency ive y ies ied ial ure ures ship t ts cate cation
                    ication ications ies fied ied""");
    private static final Set<String> PRONOUNS = words("i you he she it we they one my your his her its our their");
    private static final Map<String, String> IRREGULAR = pairs(
            """
                    forbidden forbid forbade forbid sold sell bought buy wrote write written write paid pay made make sent send
                    gave give given give took take taken take found find left leave kept keep lost lose won win built build began
                    begin begun begin chose choose chosen choose drove drive driven drive ate eat eaten eat went go gone go knew
                    know known know saw see seen see spoke speak spoken speak stole steal stolen steal broke break broken break
                    met meet held hold told tell felt feel brought bring thought think taught teach caught catch spent spend
                    lent lend beat beat beaten beat lain lie led lead meant mean shut shut cut cut hit hit
                    cost cost hurt hurt drew draw drawn draw wore wear worn wear tore tear torn tear hid hide hidden hide rose rise risen rise
                    fell fall fallen fall froze freeze frozen freeze shook shake shaken shake bit bite bitten bite rode ride ridden ride
                    dealt deal slept sleep swept sweep stood stand understood understand sought seek fought fight bound bind stuck stick
                    struck strike shot shoot shown show proven prove bred breed fed feed bent bend burnt burn learnt learn ran run swam swim sang sing grew grow grown grow flew fly flown fly threw throw thrown throw
                    children child feet foot mice mouse""");
    private static final Map<String, String> NUMBERS = pairs("""
            zero 0 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 ten 10 eleven 11 twelve 12 thirteen 13
            fourteen 14 fifteen 15 sixteen 16 seventeen 17 eighteen 18 nineteen 19 twenty 20 thirty 30 forty 40 fifty 50
            sixty 60 seventy 70 eighty 80 ninety 90 hundred 100 thousand 1000 million 1000000 billion 1000000000 first 1
            second 2 third 3 fourth 4 fifth 5 sixth 6 seventh 7 eighth 8 ninth 9 tenth 10 twice 2 half 0.5 double 2
            triple 3 dozen 12""");
    private static final Map<String, String> TIMES = pairs("""
            january m1 jan m1 february m2 feb m2 march m3 april m4 apr m4 may m5 june m6 jun m6 july m7 jul m7 august m8
            aug m8 september m9 sep m9 sept m9 october m10 oct m10 november m11 nov m11 december m12 dec m12 monday mon
            tuesday tue wednesday wed thursday thu friday fri saturday sat sunday sun today today yesterday yesterday
            tomorrow tomorrow tonight tonight daily day-by-day weekly week-by-week monthly month-by-month yearly
            year-by-year annually year-by-year annual year-by-year quarterly quarter-by-quarter hourly hour-by-hour
            morning morning afternoon afternoon evening evening night night noon noon midnight midnight weekend weekend
            spring spring summer summer autumn autumn winter winter last last previous last next next upcoming next
            coming next""");
    /// Months that are other words too.
    static final Set<String> DOUBTFUL_MONTHS = words("may march");
    private static final Map<String, String> SYNONYMS = groups(
            """
                    delete remove erase | create add make build generate | change modify alter edit update | buy purchase order
                    | price cost fee charge | start begin launch | stop end halt terminate | fix repair resolve solve
                    | error failure fault problem issue trouble | big large | small little | fast quick rapid speedy | show display
                    | get obtain receive retrieve fetch | send transmit | use utilize utilise employ | choose select pick
                    | cancel abort | company firm business | car automobile vehicle | doctor physician | job position | work function usable
                    | phone telephone mobile cellphone | picture image photo | film movie | refund reimbursement repayment
                    | shipping delivery shipment | login signin log-in | settings preferences options configuration
                    | set configure setup | check verify confirm | allow permit let enable | forbid prohibit ban | need require
                    | help assist support | begin start | purchase buy | holiday vacation leave | salary pay wage | staff employee
                    worker | client customer | contract agreement | invoice bill | mail email e-mail | address location
                    | document file | folder directory | reset recover restore | password passcode | account profile
                    | subscription plan membership | limit maximum cap | average mean | mix combine merge | view see | call contact
                    reach | rule policy guideline | duration length | often frequently | take last | arrive come | team group
                    | website site webpage | quit exit leave | download save | share give | rise increase grow | fall decrease drop
                    reduce lower | test check | write compose | talk speak | meeting appointment | schedule plan book | return
                    send-back | broken damaged defective | transfer move migrate""");
    private static final Map<String, Set<String>> OPPOSITES = opposites(
            """
                    enable disable | allow forbid | allow deny | allow block | permit prohibit | increase decrease | increase reduce
                    | raise lower | raise reduce | include exclude | add remove | add delete | create delete | start stop
                    | begin end | open close | buy sell | lend borrow | push pull | send receive | import export
                    | upload download | lock unlock | install uninstall | mount unmount | encrypt decrypt | compress decompress
                    | connect disconnect | attach detach | subscribe unsubscribe | login logout | activate deactivate
                    | accept reject | accept decline | approve reject | show hide | expand collapse | zoom-in zoom-out
                    | more less | more fewer | most least | maximum minimum | max min | highest lowest | high low | upper lower
                    | first last | oldest newest | old new | earliest latest | early late | before after | above below
                    | over under | cheap expensive | cheapest expensive | fast slow | faster slower | fastest slowest
                    | hot cold | long short | longest shortest | large small | largest smallest | big small | biggest smallest
                    | good bad | best worst | better worse | safe dangerous | legal illegal | public private | internal external
                    | input output | read write | credit debit | income expense | profit loss | win lose | pass fail
                    | success failure | up down | on off | in out | left right | front back | top bottom | inside outside
                    | arrive depart | arrival departure | hire fire | employer employee | buyer seller | teacher student
                    | parent child | husband wife | landlord tenant | sender recipient | seller buyer | debtor creditor
                    | male female | men women | boys girls | domestic foreign | domestic international | online offline
                    | synchronous asynchronous | sync async | mandatory optional | required optional | paid free | gain lose
                    | save spend | deposit withdraw | deposit withdrawal | horizontal vertical | ascending descending
                    | encode decode | serialize deserialize | grant revoke | promote demote | hired fired | pros cons
                    | advantages disadvantages | benefits risks | strengths weaknesses | cause prevent | with without
                    | inbound outbound | incoming outgoing | upgrade downgrade | vegetarian meat | liquid solid | summer winter
                    | over below | above under | less over | less above | more below | more under | since before | since until
                    | within after | already still | free taken | free occupied | free booked | available taken
                    | available unavailable | left taken | common differ | common different | same different | noisy quiet
                    | loud quiet | bright dark | light dark | light heavy | strong weak | hard soft | hard easy | difficult easy
                    | full empty | wet dry | clean dirty | thick thin | wide narrow | deep shallow | rich poor | young old
                    | younger older | youngest oldest | near far | nearest farthest | closest farthest | true false
                    | right wrong | correct wrong | present absent | alive dead | sick healthy | guilty innocent | single married
                    | permanent temporary | full-time part-time | fixed variable | fixed mobile | manual automatic
                    | remote local | local global | partial complete | partial full | odd even | positive negative | plus minus
                    | gross net | buy rent | rent own | cancel keep | cancel confirm | cancel renew | expire renew | end renew
                    | archive restore | archive unarchive | backup restore | delete restore | delete keep | mute unmute
                    | follow unfollow | like dislike | agree disagree | appear disappear | continue stop | pause resume
                    | suspend resume | suspend reactivate | join leave | enter exit | enter leave | come go | arrive leave
                    | lend return | teach learn | ask answer | question answer | sink float | freeze melt | heat cool | warm cool
                    | fill empty | load unload | pack unpack | wrap unwrap | fold unfold | tie untie | plug unplug | hook unhook
                    | build demolish | break fix | break repair | report fix | hide reveal | reveal conceal | defend attack
                    | protect expose | prevent make | prevent allow | prevent force | cause avoid | avoid seek | earn spend
                    | win forfeit | hit miss | attend miss | attend skip | catch miss | remember forget | love hate | praise blame
                    | gain lose | borrow return | refund charge | supply demand | import export | senior junior | major minor
                    | majority minority | majority few | many few | much little | always never | often rarely | often seldom
                    | usually rarely | together alone | with alone | optional compulsory | voluntary mandatory
                    | voluntary compulsory | recommended required | allowed required | permitted required | draft final
                    | read unread | open resolved | pending done | guest host | client server | doctor patient | buyer vendor
                    | north south | east west | northern southern | eastern western | clockwise counterclockwise | off enable
                    | off activate | off start | ascend descend | forward backward | forwards backwards | upstream downstream
                    | uphill downhill | upstairs downstairs | indoor outdoor | indoors outdoors | primary secondary | begin finish
                    | start finish | opening closing | lowest most | least greatest | cheap pricey | refuse accept | refuse allow
                    | deny grant | deny confirm | hire dismiss | appoint dismiss | increase cut | raise cut | grow shrink
                    | widen narrow | lengthen shorten | strengthen weaken | improve worsen | speed slow | accelerate brake""");

    private static final Set<String> NEGATING = words("un in im ir il dis non de mis");
    private static final Set<String> COMPARATIVES = words("more less fewer before after above below over under");
    private static final Map<String, Set<String>> CONVERSES = opposites(
            """
                    lend borrow | sell buy | win lose | beat lose | give receive | give take | send receive | pay receive | teach learn
                    | employer employee | parent child | landlord tenant | precede follow | before after | above below""");
    private static final Map<String, Set<String>> OPPOSITE_MEANINGS = byMeaning(OPPOSITES);
    /// Words that take both sides alike, whichever comes first.
    static final Set<String> MUTUAL = words(
            """
                    and or between both compatible differ differs difference different same similar equal common merge merged merger
                    compare compared comparison versus vs distance together apart""");

    private Lexicon() {}

    static String number(String word) {
        return NUMBERS.getOrDefault(word, "");
    }

    static boolean isPronoun(String word) {
        return PRONOUNS.contains(word);
    }

    static String time(String word) {
        return TIMES.getOrDefault(word, "");
    }

    static boolean isMonth(String word) {
        return time(word).matches("m[0-9]+");
    }

    /// The same for words that mean the same: the first of their group, by stem.
    static String meaning(String word) {
        var stem = stem(word);
        return SYNONYMS.getOrDefault(stem, stem);
    }

    /// Whether two words come from one: `certified`, `certificate`.
    static boolean areRelated(String one, String other) {
        var shared = 0;
        while (shared < Math.min(one.length(), other.length()) && one.charAt(shared) == other.charAt(shared)) {
            shared++;
        }
        return shared >= LEAST_ROOT && isEnding(one.substring(shared)) && isEnding(other.substring(shared))
                && !areOpposite(one, other);
    }

    private static boolean isEnding(String rest) {
        return rest.isEmpty() || ENDINGS.contains(rest);
    }

    static boolean areOpposite(String one, String other) {
        return OPPOSITES.getOrDefault(stem(one), Set.of()).contains(stem(other))
                || OPPOSITE_MEANINGS.getOrDefault(meaning(one), Set.of()).contains(meaning(other))
                || isNegatedBy(one, other) || isNegatedBy(other, one);
    }

    /// Whether one of two opposites says of a first and a second what the other says of the second and the first.
    static boolean areConverse(String one, String other) {
        return areOpposite(one, other) && (isComparative(one) && isComparative(other) || CONVERSES.getOrDefault(stem(
                one), Set.of()).contains(stem(other)));
    }

    private static boolean isComparative(String word) {
        return word.endsWith("er") || COMPARATIVES.contains(word);
    }

    /// A word without its commonest endings.
    static String stem(String word) {
        var stem = IRREGULAR.getOrDefault(word, word);
        if (stem.length() > 5 && stem.endsWith("ly")) {
            stem = stem.substring(0, stem.length() - 2);
        }
        if (stem.length() > 5 && stem.endsWith("ing")) {
            stem = stem.substring(0, stem.length() - 3);
        } else if (stem.length() > 4 && stem.endsWith("ied") || stem.length() > 4 && stem.endsWith("ies")) {
            stem = stem.substring(0, stem.length() - 3) + "y";
        } else if (stem.length() > 4 && stem.endsWith("ed")) {
            stem = stem.substring(0, stem.length() - 2);
        } else if (stem.length() > 3 && stem.endsWith("s") && !stem.endsWith("ss") && !stem.endsWith("us")) {
            stem = stem.substring(0, stem.length() - 1);
        }
        if (stem.length() > 4 && stem.charAt(stem.length() - 1) == stem.charAt(stem.length() - 2)) {
            stem = stem.substring(0, stem.length() - 1);
        }
        return stem.length() > 3 && stem.endsWith("e") ? stem.substring(0, stem.length() - 1) : stem;
    }

    private static boolean isNegatedBy(String plain, String negated) {
        return isPrefixed(plain, negated) || isPrefixed(stem(plain), stem(negated));
    }

    private static boolean isPrefixed(String plain, String negated) {
        return negated.endsWith(plain) && NEGATING.contains(negated.substring(0, negated.length() - plain.length()));
    }

    static Set<String> words(String text) {
        return Set.copyOf(List.of(text.strip().split("\\s+")));
    }

    static Map<String, String> pairs(String text) {
        var words = text.strip().split("\\s+");
        var pairs = new HashMap<String, String>();
        for (var at = 0; at + 1 < words.length; at += 2) {
            pairs.put(words[at], words[at + 1]);
        }
        return Map.copyOf(pairs);
    }

    private static Map<String, String> groups(String text) {
        var groups = new HashMap<String, String>();
        for (var group : text.strip().split("\\|")) {
            var words = group.strip().split("\\s+");
            for (var word : words) {
                groups.putIfAbsent(stem(word), stem(words[0]));
            }
        }
        return Map.copyOf(groups);
    }

    private static Map<String, Set<String>> byMeaning(Map<String, Set<String>> byStem) {
        var opposites = new HashMap<String, Set<String>>();
        byStem.forEach((stem, others) -> others.forEach(other -> opposites.computeIfAbsent(SYNONYMS.getOrDefault(stem,
                stem), absent -> new HashSet<>()).add(SYNONYMS.getOrDefault(other, other))));
        return Map.copyOf(opposites);
    }

    private static Map<String, Set<String>> opposites(String text) {
        var opposites = new HashMap<String, Set<String>>();
        for (var pair : text.strip().split("\\|")) {
            var words = pair.strip().split("\\s+");
            opposites.computeIfAbsent(stem(words[0]), absent -> new HashSet<>()).add(stem(words[1]));
            opposites.computeIfAbsent(stem(words[1]), absent -> new HashSet<>()).add(stem(words[0]));
        }
        return Map.copyOf(opposites);
    }
}
