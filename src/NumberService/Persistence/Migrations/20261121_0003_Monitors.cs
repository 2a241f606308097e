using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PhoneMasking.NumberService.Persistence.Migrations;

/// <summary>
/// What the others know of a sitter's number, the sessions and clients of other services, and the monitors with their
/// schedule, their runs and the utilization over time.
/// </summary>
[DbContext(typeof(NumberDbContext))]
[Migration("20261121_0003_Monitors")]
internal sealed class Monitors : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(Sitters);
        migrationBuilder.Sql(ReadModels);
        migrationBuilder.Sql(MonitorTables);
        migrationBuilder.Sql(UtilizationView);
        migrationBuilder.Sql(PoolView);
    }

    private const string Sitters = """
        ALTER TABLE numbers.sitters ADD announced_number_id uuid;
        UPDATE numbers.sitters SET announced_number_id = numbers.id
            FROM numbers.numbers WHERE numbers.sitter_id = sitters.id AND numbers.stage = 'Ready';
        CREATE INDEX sitters_former ON numbers.sitters (organisation_id, real_number, id) WHERE NOT active;
        CREATE INDEX numbers_resting ON numbers.numbers (rests_until) WHERE stage = 'Resting';
        """;

    private const string ReadModels = """
        CREATE TABLE numbers.sessions (
            id uuid PRIMARY KEY,
            organisation_id uuid NOT NULL,
            sitter_id uuid NOT NULL,
            number_id uuid NOT NULL,
            open boolean NOT NULL,
            changed_at timestamptz NOT NULL
        );
        CREATE INDEX sessions_open_of_sitter ON numbers.sessions (organisation_id, sitter_id) WHERE open;
        CREATE INDEX sessions_open_on_number ON numbers.sessions (number_id) WHERE open;

        CREATE TABLE numbers.clients (
            id uuid PRIMARY KEY,
            organisation_id uuid NOT NULL,
            merged_into uuid
        );
        """;

    private const string MonitorTables = """
        CREATE TABLE numbers.monitor_schedules (
            organisation_id uuid NOT NULL,
            monitor text NOT NULL CHECK (monitor IN ('PoolCapacity', 'StandbyKeeper')),
            counted_from timestamptz NOT NULL,
            PRIMARY KEY (organisation_id, monitor)
        );

        CREATE TABLE numbers.monitor_runs (
            id uuid PRIMARY KEY,
            organisation_id uuid NOT NULL,
            monitor text NOT NULL CHECK (monitor IN ('PoolCapacity', 'StandbyKeeper')),
            request_id uuid,
            decision text NOT NULL,
            number_id uuid,
            ready_pool_numbers integer NOT NULL,
            active_sessions integer NOT NULL,
            pending_pool_numbers integer NOT NULL,
            ready_standby_numbers integer NOT NULL,
            pending_standby_numbers integer NOT NULL,
            largest_session_count integer NOT NULL,
            needed_pool_numbers integer NOT NULL,
            occurred_at timestamptz NOT NULL,
            CONSTRAINT monitor_runs_one_per_request UNIQUE (organisation_id, request_id),
            CONSTRAINT monitor_runs_ordered_has_number CHECK ((decision = 'Ordered') = (number_id IS NOT NULL))
        );
        CREATE INDEX monitor_runs_page ON numbers.monitor_runs (organisation_id, id);

        CREATE TABLE numbers.utilization (
            organisation_id uuid NOT NULL,
            at timestamptz NOT NULL,
            ready_pool_numbers integer NOT NULL,
            active_sessions integer NOT NULL,
            pending_pool_numbers integer NOT NULL,
            ready_standby_numbers integer NOT NULL,
            pending_standby_numbers integer NOT NULL,
            largest_session_count integer NOT NULL,
            needed_pool_numbers integer NOT NULL,
            PRIMARY KEY (organisation_id, at)
        );
        CREATE INDEX utilization_age ON numbers.utilization (at);
        """;

    // One row for each organisation that has a number or an open session.
    private const string UtilizationView = """
        CREATE VIEW numbers.utilization_now AS
        SELECT
            organisation_id,
            sum(ready_pool_numbers)::integer AS ready_pool_numbers,
            sum(active_sessions)::integer AS active_sessions,
            sum(pending_pool_numbers)::integer AS pending_pool_numbers,
            sum(ready_standby_numbers)::integer AS ready_standby_numbers,
            sum(pending_standby_numbers)::integer AS pending_standby_numbers,
            max(largest_session_count)::integer AS largest_session_count,
            max(last_pool_purchase_at) AS last_pool_purchase_at
        FROM (
            SELECT
                organisation_id,
                count(*) FILTER (WHERE lifecycle = 'Pool' AND stage = 'Ready') AS ready_pool_numbers,
                0 AS active_sessions,
                count(*) FILTER (WHERE lifecycle = 'Pool' AND stage IN ('Intended', 'Bought', 'Attached'))
                    AS pending_pool_numbers,
                count(*) FILTER (WHERE lifecycle = 'StandbyReserved' AND stage = 'Ready') AS ready_standby_numbers,
                count(*) FILTER (WHERE lifecycle = 'StandbyReserved' AND stage IN ('Intended', 'Bought', 'Attached'))
                    AS pending_standby_numbers,
                0 AS largest_session_count,
                max(coalesce(purchased_at, created_at)) FILTER (
                    WHERE purpose = 'PoolExpansion'
                    AND (purchased_at IS NOT NULL OR stage NOT IN ('Failed', 'Retired'))) AS last_pool_purchase_at
            FROM numbers.numbers
            GROUP BY organisation_id
            UNION ALL
            SELECT organisation_id, 0, sum(sessions), 0, 0, 0, max(sessions), NULL
            FROM (
                SELECT organisation_id, sitter_id, count(*) AS sessions
                FROM numbers.sessions WHERE open GROUP BY organisation_id, sitter_id) AS by_sitter
            GROUP BY organisation_id) AS parts
        GROUP BY organisation_id;
        """;

    private const string PoolView = """
        CREATE VIEW numbers.pool_now AS
        SELECT
            organisation_id,
            (count(*) FILTER (WHERE lifecycle = 'Pool' AND stage = 'Ready' AND NOT in_use))::integer AS available,
            (count(*) FILTER (
                WHERE lifecycle = 'Pool'
                AND (stage IN ('Intended', 'Bought', 'Attached', 'Resting') OR (stage = 'Ready' AND in_use))))::integer
                AS reserved,
            (count(*) FILTER (WHERE lifecycle = 'Dedicated'))::integer AS assigned
        FROM (
            SELECT
                organisation_id,
                lifecycle,
                stage,
                EXISTS (SELECT FROM numbers.sessions WHERE sessions.number_id = numbers.id AND sessions.open) AS in_use
            FROM numbers.numbers
            WHERE lifecycle IN ('Pool', 'Dedicated') AND stage <> 'Retired') AS pool
        GROUP BY organisation_id;
        """;
}
