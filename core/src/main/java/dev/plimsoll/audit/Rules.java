package dev.plimsoll.audit;

import dev.plimsoll.audit.rules.AlertOnDeadMetric;
import dev.plimsoll.audit.rules.AlertOnUnknownName;
import dev.plimsoll.audit.rules.AlertOnUnrecordedSeries;
import dev.plimsoll.audit.rules.AlertWithoutCondition;
import dev.plimsoll.audit.rules.AlertWithoutExporter;
import dev.plimsoll.audit.rules.AlertmanagerOutOfReach;
import dev.plimsoll.audit.rules.AlertmanagerWithoutVolume;
import dev.plimsoll.audit.rules.AlertsWithoutAlertmanager;
import dev.plimsoll.audit.rules.DeadLabelValue;
import dev.plimsoll.audit.rules.DefaultReceiverReachesNobody;
import dev.plimsoll.audit.rules.DivisionByMissingLimit;
import dev.plimsoll.audit.rules.LargestQueryOverLimit;
import dev.plimsoll.audit.rules.LoadWithoutCpuCount;
import dev.plimsoll.audit.rules.MissingMemoryLimit;
import dev.plimsoll.audit.rules.MonitoringTooHeavy;
import dev.plimsoll.audit.rules.OperandsWithoutCommonSeries;
import dev.plimsoll.audit.rules.PlaceholderReceiver;
import dev.plimsoll.audit.rules.PrometheusConfigMissing;
import dev.plimsoll.audit.rules.PrometheusConfigRefused;
import dev.plimsoll.audit.rules.QuantileWithoutBuckets;
import dev.plimsoll.audit.rules.RateOfGauge;
import dev.plimsoll.audit.rules.RateWindowTooShort;
import dev.plimsoll.audit.rules.RetentionWithoutSize;
import dev.plimsoll.audit.rules.RuleFileRefused;
import dev.plimsoll.audit.rules.RulePatternWithoutMatch;
import dev.plimsoll.audit.rules.RulesNeverLoaded;
import dev.plimsoll.audit.rules.ScrapeOfLocalhost;
import dev.plimsoll.audit.rules.ScrapeOfUnknownHost;
import dev.plimsoll.audit.rules.ScrapePortWithoutMetrics;
import dev.plimsoll.audit.rules.ThresholdOutOfReach;
import java.util.List;

/// Every rule, sorted by id.
public final class Rules {
    public static final List<Rule> ALL = List.of(new MissingMemoryLimit(),
            new PrometheusConfigMissing(),
            new PrometheusConfigRefused(),
            new RuleFileRefused(),
            new RulesNeverLoaded(),
            new RulePatternWithoutMatch(),
            new AlertWithoutExporter(),
            new AlertOnDeadMetric(),
            new ThresholdOutOfReach(),
            new AlertOnUnknownName(),
            new ScrapeOfLocalhost(),
            new ScrapePortWithoutMetrics(),
            new ScrapeOfUnknownHost(),
            new AlertsWithoutAlertmanager(),
            new AlertmanagerOutOfReach(),
            new PlaceholderReceiver(),
            new DefaultReceiverReachesNobody(),
            new DeadLabelValue(),
            new RateWindowTooShort(),
            new RetentionWithoutSize(),
            new LargestQueryOverLimit(),
            new DivisionByMissingLimit(),
            new AlertmanagerWithoutVolume(),
            new MonitoringTooHeavy(),
            new LoadWithoutCpuCount(),
            new AlertWithoutCondition(),
            new QuantileWithoutBuckets(),
            new RateOfGauge(), new OperandsWithoutCommonSeries(), new AlertOnUnrecordedSeries());

    private Rules() {}
}
