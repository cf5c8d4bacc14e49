using System.Security.Cryptography;
using System.Text;

namespace ScFm.Kernel.Protocol;

/// <summary>Signs and verifies the four JSON frames of a message with HMAC-SHA256; an empty key means no signature.</summary>
internal sealed class MessageSigner(string key)
{
    private readonly byte[] secret = Encoding.UTF8.GetBytes(key);

    internal byte[] Sign(ReadOnlySpan<byte[]> frames)
    {
        if (secret.Length == 0)
        {
            return [];
        }

        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        foreach (var frame in frames)
        {
            hash.AppendData(frame);
        }

        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Compares in constant time, so that the time taken tells nothing about the right signature.</summary>
    internal bool Verify(ReadOnlySpan<byte[]> frames, ReadOnlySpan<byte> signature) =>
        secret.Length == 0 || CryptographicOperations.FixedTimeEquals(Sign(frames), signature);
}
