using System.Text.Json.Serialization;

namespace PhoneMasking.Contracts;

/// <summary>Identifies an organisation: the business that uses PhoneMasking.</summary>
/// <param name="Value">The UUIDv7.</param>
[JsonConverter(typeof(IdJsonConverter<OrganisationId>))]
public readonly record struct OrganisationId(Guid Value) : IId<OrganisationId>
{
    /// <summary>
    /// The organisation that exists from the first start, so that a business alone never needs to hear of organisations.
    /// </summary>
    public static readonly OrganisationId Default = new(new Guid("01920000-0000-7000-8000-000000000001"));

    /// <summary>Makes a new identifier.</summary>
    /// <param name="now">The time that goes into the identifier, in UTC.</param>
    public static OrganisationId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    /// <inheritdoc />
    public static OrganisationId From(Guid value) => new(value);

    /// <inheritdoc />
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a sitter.</summary>
/// <param name="Value">The UUIDv7.</param>
[JsonConverter(typeof(IdJsonConverter<SitterId>))]
public readonly record struct SitterId(Guid Value) : IId<SitterId>
{
    /// <summary>Makes a new identifier.</summary>
    /// <param name="now">The time that goes into the identifier, in UTC.</param>
    public static SitterId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    /// <inheritdoc />
    public static SitterId From(Guid value) => new(value);

    /// <inheritdoc />
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a client.</summary>
/// <param name="Value">The UUIDv7.</param>
[JsonConverter(typeof(IdJsonConverter<ClientId>))]
public readonly record struct ClientId(Guid Value) : IId<ClientId>
{
    /// <summary>Makes a new identifier.</summary>
    /// <param name="now">The time that goes into the identifier, in UTC.</param>
    public static ClientId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    /// <inheritdoc />
    public static ClientId From(Guid value) => new(value);

    /// <inheritdoc />
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies one of the business's own numbers.</summary>
/// <param name="Value">The UUIDv7.</param>
[JsonConverter(typeof(IdJsonConverter<NumberId>))]
public readonly record struct NumberId(Guid Value) : IId<NumberId>
{
    /// <summary>Makes a new identifier.</summary>
    /// <param name="now">The time that goes into the identifier, in UTC.</param>
    public static NumberId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    /// <inheritdoc />
    public static NumberId From(Guid value) => new(value);

    /// <inheritdoc />
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a session: one sitter and one client in touch.</summary>
/// <param name="Value">The UUIDv7.</param>
[JsonConverter(typeof(IdJsonConverter<SessionId>))]
public readonly record struct SessionId(Guid Value) : IId<SessionId>
{
    /// <summary>Makes a new identifier.</summary>
    /// <param name="now">The time that goes into the identifier, in UTC.</param>
    public static SessionId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    /// <inheritdoc />
    public static SessionId From(Guid value) => new(value);

    /// <inheritdoc />
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a stored message, inbound or outbound.</summary>
/// <param name="Value">The UUIDv7.</param>
[JsonConverter(typeof(IdJsonConverter<MessageId>))]
public readonly record struct MessageId(Guid Value) : IId<MessageId>
{
    /// <summary>Makes a new identifier.</summary>
    /// <param name="now">The time that goes into the identifier, in UTC.</param>
    public static MessageId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    /// <inheritdoc />
    public static MessageId From(Guid value) => new(value);

    /// <inheritdoc />
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a key to the public API; is not the key, and no secret.</summary>
/// <param name="Value">The UUIDv7.</param>
[JsonConverter(typeof(IdJsonConverter<ApiKeyId>))]
public readonly record struct ApiKeyId(Guid Value) : IId<ApiKeyId>
{
    /// <summary>Makes a new identifier.</summary>
    /// <param name="now">The time that goes into the identifier, in UTC.</param>
    public static ApiKeyId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    /// <inheritdoc />
    public static ApiKeyId From(Guid value) => new(value);

    /// <inheritdoc />
    public override string ToString() => Value.ToString();
}
