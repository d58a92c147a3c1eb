// Business code in Go: takes events on a port of loopback, verified by the Go library of Standard Webhooks, of whose code ours
// knows nothing. Its first line is its port, and each further one an event that it took. The secret is its standard input.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strings"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

type event struct {
	ID   string `json:"id"`
	Type string `json:"type"`
	Data struct {
		OutOrderNo string `json:"out_order_no"`
	} `json:"data"`
}

func main() {
	secret, err := io.ReadAll(os.Stdin)
	if err != nil {
		log.Fatal(err)
	}
	webhook, err := standardwebhooks.NewWebhook(strings.TrimSpace(string(secret)))
	if err != nil {
		log.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	log.Fatal(http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		if err := webhook.Verify(body, r.Header); err != nil {
			http.Error(w, err.Error(), http.StatusUnauthorized)
			return
		}
		taken := event{ID: r.Header.Get("webhook-id")}
		if err := json.Unmarshal(body, &taken); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		w.WriteHeader(http.StatusNoContent)
		line, _ := json.Marshal(taken)
		fmt.Println(string(line))
	})))
}
