using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;

namespace PhoneMasking.NumberService.Persistence.Migrations;

/// <summary>The inventory and the sitters, with every rule about them that a database can hold.</summary>
[DbContext(typeof(NumberDbContext))]
[Migration("20261121_0001_Start")]
internal sealed class Start : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(OutboxSchema.CreateSql(NumberDbContext.Schema));
        migrationBuilder.Sql("""
            CREATE TABLE numbers.sitters (
                id uuid PRIMARY KEY,
                organisation_id uuid NOT NULL,
                request_id uuid NOT NULL,
                name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
                email text,
                real_number text NOT NULL,
                active boolean NOT NULL,
                version bigint NOT NULL CHECK (version > 0),
                created_at timestamptz NOT NULL,
                CONSTRAINT sitters_same_organisation UNIQUE (id, organisation_id),
                CONSTRAINT sitters_one_per_request UNIQUE (organisation_id, request_id)
            );
            CREATE UNIQUE INDEX sitters_one_active_per_phone
                ON numbers.sitters (organisation_id, real_number) WHERE active;
            CREATE INDEX sitters_page ON numbers.sitters (organisation_id, id);

            CREATE TABLE numbers.numbers (
                id uuid PRIMARY KEY,
                organisation_id uuid NOT NULL,
                number text NOT NULL CONSTRAINT numbers_unique UNIQUE,
                lifecycle text NOT NULL CHECK (lifecycle IN ('Pool', 'ReservedActive', 'StandbyReserved')),
                status text NOT NULL CHECK (status IN ('Pending', 'Ready', 'Failed')),
                sitter_id uuid,
                version bigint NOT NULL CHECK (version > 0),
                created_at timestamptz NOT NULL,
                CONSTRAINT numbers_reserved_has_sitter CHECK ((lifecycle = 'ReservedActive') = (sitter_id IS NOT NULL)),
                CONSTRAINT numbers_one_per_sitter UNIQUE (sitter_id),
                CONSTRAINT numbers_sitter FOREIGN KEY (sitter_id, organisation_id)
                    REFERENCES numbers.sitters (id, organisation_id)
            );
            CREATE INDEX numbers_page ON numbers.numbers (organisation_id, id);
            CREATE INDEX numbers_standby ON numbers.numbers (organisation_id, created_at, number)
                WHERE lifecycle = 'StandbyReserved' AND status = 'Ready';
            """);
    }
}
