using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Migrations;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;
using PhoneMasking.ServiceDefaults.Persistence;

namespace PhoneMasking.ServiceDefaults.Tests;

internal sealed class SampleDbContext(DbContextOptions<SampleDbContext> options) : ServiceDbContext(options, Schema)
{
    public const string Schema = "sample";

    public DbSet<Effect> Effects => Set<Effect>();
}

/// <summary>A change of state that a test can see.</summary>
internal sealed class Effect
{
    public required ClientId Id { get; init; }

    public required E164Number Number { get; init; }
}

internal sealed class EffectConfiguration : IEntityTypeConfiguration<Effect>
{
    public void Configure(EntityTypeBuilder<Effect> builder)
    {
        builder.ToTable("effects");
        builder.Property(effect => effect.Id).HasColumnName("id");
        builder.Property(effect => effect.Number).HasColumnName("number");
    }
}

[DbContext(typeof(SampleDbContext))]
[Migration("20260101_0001_Start")]
internal sealed class Start : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(OutboxSchema.CreateSql(SampleDbContext.Schema));
        migrationBuilder.Sql("CREATE TABLE sample.effects (id uuid PRIMARY KEY, number text NOT NULL)");
    }
}

[DbContext(typeof(SampleDbContext))]
[Migration("20260101_0002_Notes")]
internal sealed class Notes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE sample.effects ADD COLUMN note text");
}
