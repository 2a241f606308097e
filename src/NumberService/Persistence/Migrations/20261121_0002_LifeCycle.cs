using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PhoneMasking.NumberService.Persistence.Migrations;

/// <summary>
/// The way of a number from the order to its end. The database itself refuses steps that the life cycle does not have, and
/// writes down each change.
/// </summary>
[DbContext(typeof(NumberDbContext))]
[Migration("20261121_0002_LifeCycle")]
internal sealed class LifeCycle : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(Columns);
        migrationBuilder.Sql(Stages);
        migrationBuilder.Sql(History);
    }

    private const string Columns = """
        DROP INDEX numbers.numbers_standby;
        ALTER TABLE numbers.numbers
            DROP CONSTRAINT numbers_unique,
            DROP CONSTRAINT numbers_lifecycle_check,
            ALTER COLUMN number DROP NOT NULL,
            ADD stage text NOT NULL DEFAULT 'Ready',
            ADD purpose text CHECK (purpose IN ('SitterAssignment', 'PoolExpansion', 'StandbyReplenishment')),
            ADD order_id uuid,
            ADD order_line smallint,
            ADD area_code text CHECK (area_code ~ '^[2-9][0-9]{2}$'),
            ADD candidate text,
            ADD twilio_sid text,
            ADD purchased_at timestamptz,
            ADD attached_at timestamptz,
            ADD verification_status text NOT NULL DEFAULT 'NotSent'
                CHECK (verification_status IN ('NotSent', 'Sent', 'Verified', 'Failed')),
            ADD verification_message_id uuid,
            ADD verification_deadline timestamptz,
            ADD client_id uuid,
            ADD former_sitter_id uuid,
            ADD rests_until timestamptz,
            ADD tries integer NOT NULL DEFAULT 0 CHECK (tries >= 0),
            ADD next_step_at timestamptz,
            ADD failed_step text CHECK (failed_step IN ('buy', 'attach', 'verify')),
            ADD reason text,
            ADD error_code integer,
            ADD changed_at timestamptz;
        UPDATE numbers.numbers SET
            stage = CASE status WHEN 'Pending' THEN 'Bought' ELSE status END,
            failed_step = CASE status WHEN 'Failed' THEN 'verify' END,
            next_step_at = CASE status WHEN 'Pending' THEN created_at END,
            changed_at = created_at;
        ALTER TABLE numbers.numbers
            DROP COLUMN status,
            ALTER COLUMN stage DROP DEFAULT,
            ALTER COLUMN verification_status DROP DEFAULT,
            ALTER COLUMN tries DROP DEFAULT,
            ALTER COLUMN changed_at SET NOT NULL,
            ADD CONSTRAINT numbers_lifecycle CHECK (lifecycle IN ('Pool', 'ReservedActive', 'StandbyReserved', 'Dedicated')),
            ADD CONSTRAINT numbers_stage CHECK (
                stage IN ('Intended', 'Bought', 'Attached', 'Ready', 'Failed', 'Resting', 'Retired')),
            ADD CONSTRAINT numbers_bought_has_number CHECK (
                number IS NOT NULL OR stage IN ('Intended', 'Failed', 'Retired')),
            ADD CONSTRAINT numbers_intended_has_none CHECK (number IS NULL OR stage <> 'Intended'),
            ADD CONSTRAINT numbers_candidate_of_intended CHECK (candidate IS NULL OR stage = 'Intended'),
            ADD CONSTRAINT numbers_failed_has_step CHECK ((stage = 'Failed') = (failed_step IS NOT NULL)),
            ADD CONSTRAINT numbers_resting_has_end CHECK ((stage = 'Resting') = (rests_until IS NOT NULL)),
            ADD CONSTRAINT numbers_dedicated_has_client CHECK ((lifecycle = 'Dedicated') = (client_id IS NOT NULL)),
            ADD CONSTRAINT numbers_retired_is_free CHECK (stage <> 'Retired' OR (sitter_id IS NULL AND client_id IS NULL)),
            ADD CONSTRAINT numbers_one_per_order_line UNIQUE (organisation_id, order_id, order_line);
        CREATE UNIQUE INDEX numbers_unique ON numbers.numbers (number) WHERE stage <> 'Retired';
        CREATE UNIQUE INDEX numbers_one_candidate ON numbers.numbers (candidate);
        CREATE UNIQUE INDEX numbers_one_twilio_sid ON numbers.numbers (twilio_sid) WHERE stage <> 'Retired';
        CREATE UNIQUE INDEX numbers_one_per_client ON numbers.numbers (organisation_id, client_id);
        CREATE INDEX numbers_ready ON numbers.numbers (organisation_id, lifecycle, created_at, number) WHERE stage = 'Ready';
        CREATE INDEX numbers_due ON numbers.numbers (next_step_at) WHERE next_step_at IS NOT NULL;
        """;

    private const string Stages = """
        CREATE FUNCTION numbers.check_stage() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'INSERT' THEN
                IF NEW.stage NOT IN ('Intended', 'Bought', 'Ready') THEN
                    RAISE EXCEPTION 'A number does not begin as %', NEW.stage USING ERRCODE = 'check_violation';
                END IF;
            ELSIF NEW.stage <> OLD.stage AND NOT (CASE OLD.stage
                WHEN 'Intended' THEN NEW.stage IN ('Bought', 'Failed', 'Retired')
                WHEN 'Bought' THEN NEW.stage IN ('Attached', 'Failed', 'Retired')
                WHEN 'Attached' THEN NEW.stage IN ('Bought', 'Ready', 'Failed', 'Retired')
                WHEN 'Ready' THEN NEW.stage IN ('Bought', 'Attached', 'Resting', 'Retired')
                WHEN 'Resting' THEN NEW.stage IN ('Ready', 'Retired')
                WHEN 'Failed' THEN NEW.stage IN ('Intended', 'Bought', 'Attached', 'Retired')
                ELSE false END) THEN
                RAISE EXCEPTION 'A number does not go from % to %', OLD.stage, NEW.stage USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER numbers_stage_allowed BEFORE INSERT OR UPDATE OF stage ON numbers.numbers
            FOR EACH ROW EXECUTE FUNCTION numbers.check_stage();
        """;

    private const string History = """
        CREATE TABLE numbers.history (
            number_id uuid NOT NULL,
            version bigint NOT NULL,
            organisation_id uuid NOT NULL,
            occurred_at timestamptz NOT NULL,
            stage text NOT NULL,
            lifecycle text NOT NULL,
            sitter_id uuid,
            client_id uuid,
            reason text,
            error_code integer,
            PRIMARY KEY (number_id, version)
        );
        CREATE FUNCTION numbers.write_history() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO numbers.history (
                number_id, version, organisation_id, occurred_at, stage, lifecycle, sitter_id, client_id, reason, error_code)
            VALUES (
                NEW.id, NEW.version, NEW.organisation_id, NEW.changed_at, NEW.stage, NEW.lifecycle, NEW.sitter_id,
                NEW.client_id, NEW.reason, NEW.error_code);
            RETURN NULL;
        END $$;
        INSERT INTO numbers.history
            SELECT id, version, organisation_id, changed_at, stage, lifecycle, sitter_id, client_id, reason, error_code
            FROM numbers.numbers;
        CREATE TRIGGER numbers_begin AFTER INSERT ON numbers.numbers
            FOR EACH ROW EXECUTE FUNCTION numbers.write_history();
        CREATE TRIGGER numbers_change AFTER UPDATE ON numbers.numbers
            FOR EACH ROW WHEN (NEW.version <> OLD.version) EXECUTE FUNCTION numbers.write_history();
        """;
}
