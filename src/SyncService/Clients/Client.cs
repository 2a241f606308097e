using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhoneMasking.Contracts;

namespace PhoneMasking.SyncService.Clients;

/// <summary>A client, or a provisional record of whom nothing but a number is known.</summary>
internal sealed class Client
{
    public required ClientId Id { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    /// <summary>The request that added the client or took the provisional record over.</summary>
    public Guid? RequestId { get; set; }

    public required string Name { get; set; }

    public string? Email { get; set; }

    public required bool Provisional { get; set; }

    /// <summary>Who the provisional client turned out to be; the record then only explains its id.</summary>
    public ClientId? MergedInto { get; set; }

    public required long Version { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public List<ClientPhone> Phones { get; init; } = [];

    /// <summary>The phones in the order given.</summary>
    public IReadOnlyList<E164Number> Numbers => [.. Phones.OrderBy(phone => phone.Position).Select(phone => phone.Number)];

    /// <summary>The provisional client's name: a neutral label, by the last two digits.</summary>
    public static string Label(E164Number number) => $"Client ••{number.LastTwoDigits}";

    /// <summary>Gives the client exactly these phones.</summary>
    public void SetNumbers(IReadOnlyList<E164Number> numbers)
    {
        Phones.RemoveAll(phone => !numbers.Contains(phone.Number));
        foreach (var (position, number) in numbers.Index())
        {
            if (Phones.Find(phone => phone.Number == number) is { } known)
            {
                known.Position = position;
            }
            else
            {
                Phones.Add(new ClientPhone
                {
                    OrganisationId = OrganisationId,
                    Number = number,
                    ClientId = Id,
                    Position = position,
                });
            }
        }
    }

    public ClientChanged ToEvent(DateTimeOffset now) =>
        new(OrganisationId, Id, Name, Numbers, Provisional, Version, now);

    public ClientView ToView() => new(Id, Name, Email, Numbers, Provisional, Version, CreatedAt);
}

/// <summary>A client's phone; no two clients of an organisation share one.</summary>
internal sealed class ClientPhone
{
    public required OrganisationId OrganisationId { get; init; }

    public required E164Number Number { get; init; }

    public required ClientId ClientId { get; set; }

    /// <summary>The phone's place among the client's, from 0.</summary>
    public required int Position { get; set; }
}

internal sealed class ClientConfiguration : IEntityTypeConfiguration<Client>
{
    public void Configure(EntityTypeBuilder<Client> builder)
    {
        builder.ToTable("clients");
        builder.HasKey(client => client.Id);
        builder.Property(client => client.Id).HasColumnName("id").ValueGeneratedNever();
        builder.Property(client => client.OrganisationId).HasColumnName("organisation_id");
        builder.Property(client => client.RequestId).HasColumnName("request_id");
        builder.Property(client => client.Name).HasColumnName("name");
        builder.Property(client => client.Email).HasColumnName("email");
        builder.Property(client => client.Provisional).HasColumnName("provisional");
        builder.Property(client => client.MergedInto).HasColumnName("merged_into");
        builder.Property(client => client.Version).HasColumnName("version").IsConcurrencyToken();
        builder.Property(client => client.CreatedAt).HasColumnName("created_at");
        builder.Ignore(client => client.Numbers);
        builder.HasMany(client => client.Phones).WithOne().HasForeignKey(phone => phone.ClientId);
    }
}

internal sealed class ClientPhoneConfiguration : IEntityTypeConfiguration<ClientPhone>
{
    public void Configure(EntityTypeBuilder<ClientPhone> builder)
    {
        builder.ToTable("client_phones");
        builder.HasKey(phone => new { phone.OrganisationId, phone.Number });
        builder.Property(phone => phone.OrganisationId).HasColumnName("organisation_id");
        builder.Property(phone => phone.Number).HasColumnName("number");
        builder.Property(phone => phone.ClientId).HasColumnName("client_id");
        builder.Property(phone => phone.Position).HasColumnName("position");
    }
}
