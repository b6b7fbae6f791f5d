package dev.plimsoll.audit;

import dev.plimsoll.audit.rules.AnonymousDataVolume;
import dev.plimsoll.audit.rules.CpuLimitAboveHost;
import dev.plimsoll.audit.rules.DataWithoutVolume;
import dev.plimsoll.audit.rules.DatabaseInMemory;
import dev.plimsoll.audit.rules.DefaultPassword;
import dev.plimsoll.audit.rules.DependencyNotAwaited;
import dev.plimsoll.audit.rules.DuplicateHostPort;
import dev.plimsoll.audit.rules.EmptyEncryptionKey;
import dev.plimsoll.audit.rules.EmptyPasswordAllowed;
import dev.plimsoll.audit.rules.EndOfLifeImage;
import dev.plimsoll.audit.rules.FloatingImageTag;
import dev.plimsoll.audit.rules.HardCodedSecret;
import dev.plimsoll.audit.rules.IgnoredPostgresVariable;
import dev.plimsoll.audit.rules.IneffectiveHealthcheck;
import dev.plimsoll.audit.rules.InvalidImageReference;
import dev.plimsoll.audit.rules.LowPidsLimit;
import dev.plimsoll.audit.rules.MisplacedDataVolume;
import dev.plimsoll.audit.rules.MissingDependency;
import dev.plimsoll.audit.rules.MissingEnvFile;
import dev.plimsoll.audit.rules.MissingHealthcheck;
import dev.plimsoll.audit.rules.MissingLogRotation;
import dev.plimsoll.audit.rules.MissingMemoryLimit;
import dev.plimsoll.audit.rules.MissingMountedFile;
import dev.plimsoll.audit.rules.MissingRestartPolicy;
import dev.plimsoll.audit.rules.MountedDockerSocket;
import dev.plimsoll.audit.rules.MountedHostRoot;
import dev.plimsoll.audit.rules.OpenGrafana;
import dev.plimsoll.audit.rules.PrivilegedContainer;
import dev.plimsoll.audit.rules.PublishedAdminInterface;
import dev.plimsoll.audit.rules.PublishedDatabase;
import dev.plimsoll.audit.rules.PublishedDebugPort;
import dev.plimsoll.audit.rules.PublishedPrometheusApi;
import dev.plimsoll.audit.rules.RefusedPostgresSetting;
import dev.plimsoll.audit.rules.ShortStopGracePeriod;
import dev.plimsoll.audit.rules.SwitchedOffSearchSecurity;
import dev.plimsoll.audit.rules.TrustAuthentication;
import dev.plimsoll.audit.rules.UnconfinedProfile;
import dev.plimsoll.audit.rules.UnknownComposeKey;
import dev.plimsoll.audit.rules.UnreachablePostgres;
import dev.plimsoll.audit.rules.UnsafeCapability;
import dev.plimsoll.audit.rules.UnsatisfiableDependency;
import dev.plimsoll.audit.rules.UnsetVariable;
import dev.plimsoll.audit.rules.UnusableInitdbSettings;
import java.util.List;

/// Every rule, sorted by id.
public final class Rules {
    public static final List<Rule> ALL = List.of(new MissingMemoryLimit(), new MissingRestartPolicy(),
            new MissingHealthcheck(), new IneffectiveHealthcheck(), new DependencyNotAwaited(), new MissingDependency(),
            new DataWithoutVolume(), new AnonymousDataVolume(), new MisplacedDataVolume(), new DatabaseInMemory(),
            new ShortStopGracePeriod(), new MissingLogRotation(), new FloatingImageTag(), new EndOfLifeImage(),
            new InvalidImageReference(), new UnusableInitdbSettings(), new RefusedPostgresSetting(),
            new IgnoredPostgresVariable(), new UnreachablePostgres(), new MissingMountedFile(), new MissingEnvFile(),
            new DuplicateHostPort(), new CpuLimitAboveHost(), new LowPidsLimit(), new UnknownComposeKey(),
            new UnsetVariable(), new UnsatisfiableDependency(), new PublishedDatabase(),
            new PublishedAdminInterface(), new DefaultPassword(),
            new EmptyPasswordAllowed(), new HardCodedSecret(), new MountedDockerSocket(), new PrivilegedContainer(),
            new TrustAuthentication(), new UnsafeCapability(), new MountedHostRoot(), new UnconfinedProfile(),
            new OpenGrafana(), new PublishedDebugPort(), new EmptyEncryptionKey(), new PublishedPrometheusApi(),
            new SwitchedOffSearchSecurity());

    private Rules() {}
}
