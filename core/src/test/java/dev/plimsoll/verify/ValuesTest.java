package dev.plimsoll.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.kinds.PostgresParameters;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesTest {
    @ParameterizedTest
    @CsvSource({"shared_buffers,256MB,32768,8kB,true", "shared_buffers,256MB,16384,8kB,false",
            "work_mem,4MB,4096,kB,true", "work_mem,4096,4096,kB,true", "statement_timeout,30s,30000,ms,true",
            "statement_timeout,30s,0,ms,false", "checkpoint_timeout,15min,900,s,true", "fsync,on,on,'',true",
            "fsync,true,on,'',true", "fsync,on,off,'',false", "random_page_cost,1.10,1.1,'',true",
            "wal_buffers,-1,-1,8kB,true", "huge_pages,TRY,try,'',true", "log_min_duration_statement,-1,-1,ms,true",
            "max_wal_size,1GB,1024,MB,true", "listen_addresses,'''*''',*,'',true",
            "idle_in_transaction_session_timeout,1min,60000,ms,true"})
    void postgresComparesInTheUnitOfTheSetting(String name, String planned, String found, String unit, boolean same) {
        var parameter = PostgresParameters.find(name, 15).orElseThrow();
        assertThat(Values.isSamePostgres(parameter, planned, found, unit)).isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource({"maxmemory,180mb,188743680,true", "maxmemory,180mb,0,false", "save,'\"\"','',true",
            "appendonly,YES,yes,true", "maxmemory-policy,noeviction,allkeys-lru,false",
            "client-output-buffer-limit,normal 64mb 32mb 60,normal 67108864 33554432 60 slave 1 1 1,true",
            "client-output-buffer-limit,normal 64mb 32mb 60,normal 0 0 0 slave 1 1 1,false"})
    void redisComparesBytes(String name, String planned, String found, boolean same) {
        assertThat(Values.isSameRedis(name, planned, found)).isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource({"7d,1w,true", "500MB,500MiB,true", "500MB,0B,false", "7d,0s,false", "4,4,true"})
    void flagsCompareTimesAndSizes(String planned, String found, boolean same) {
        assertThat(Values.isSame(planned, found)).isEqualTo(same);
    }
}
