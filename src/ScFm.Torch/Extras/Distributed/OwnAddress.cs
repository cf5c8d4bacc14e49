using System.Net;
using System.Net.Sockets;

namespace ScFm.Torch.Extras.Distributed;

/// <summary>Which of this machine's addresses others see.</summary>
internal static class OwnAddress
{
    /// <summary>The address of the interface that leads to a host; the loopback's where the host is this machine under a loopback name.</summary>
    public static string Towards(string host, int port)
    {
        using var socket = new Socket(SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(host, port); // of datagrams: asks for the route and sends nothing
        var address = ((IPEndPoint)socket.LocalEndPoint!).Address;
        return (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
    }
}
